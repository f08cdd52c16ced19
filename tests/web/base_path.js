// The page as a part of a site, under a path of its own: the harness complains of any request for
// what is beside it.
"use strict";

const { base, test, check, equal, until, statusSays, addressIs, loaded, makeWay } = require("./harness");

const ROOT = new URL(base).pathname;

test("stays under its path, whatever one does", {}, async (page) => {
	await page.goto(base);
	await page.getByRole("link", { name: "hexagram" }).click();
	await statusSays(page, "'hexagram'");
	await addressIs(page, `${ROOT}?query=hexagram`);
	await page.fill("#query", "chess");
	await page.keyboard.press("Enter");
	await statusSays(page, "for 'chess'");
	await loaded(page);
	await page.locator("td.code a").first().click();
	await page.getByRole("dialog").waitFor();
	check(new URL(page.url()).pathname.startsWith(`${ROOT}char/U+`), page.url());
	await page.keyboard.press("Escape");
	await addressIs(page, `${ROOT}?query=chess`);
	await page.locator(".chip").first().click();
	await until(page, () => document.querySelector(".chip[aria-current]"));
	await page.locator("h1 a").click();
	await page.locator("#start a").first().click();
	await loaded(page);
	await page.goto(`${base}char/U+2657`); // the page about it, and from there on
	equal(await page.locator("#details-name").textContent(), "WHITE CHESS BISHOP", "the character");
	await page.locator("#details li a[href*='/char/']").first().click();
	await until(page, () => document.getElementById("details-name")?.textContent !== "WHITE CHESS BISHOP");
	await page.locator("footer a").first().click();
	await page.locator("section.browse a").first().click();
	await page.locator("#results").waitFor();
});

test("opens under its path offline, and finds names", { troubled: true, serviceWorkers: "allow" }, async (page) => {
	const way = makeWay();
	const own = new URL(ROOT, await way.open()).href;
	await page.goto(`${own}?query=heart`);
	await until(page, async (root) => navigator.serviceWorker.controller && (await (await caches.open("charfinder")).match(root)),
		ROOT, "a worker that has kept the page");
	way.refuse = true;
	way.break();
	await page.goto(`${own}?query=white+bishop`);
	await statusSays(page, "for 'white bishop'");
	await loaded(page);
	await page.locator("td.code a").first().click();
	await page.getByRole("dialog").waitFor();
	equal(await page.locator("#details-name").textContent(), "WHITE CHESS BISHOP", "details");
	way.close();
});
