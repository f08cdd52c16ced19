// When the server cannot be reached: the page opens, and finds names.
"use strict";

const { figures, test, check, equal, until, statusSays, loaded, makeWay } = require("./harness");

test("opens the page offline, and finds names", { troubled: true, serviceWorkers: "allow" }, async (page) => {
	const way = makeWay();
	const base = await way.open();
	await page.goto(`${base}?query=heart`);
	await until(page, async () => navigator.serviceWorker.controller && (await (await caches.open("charfinder")).match("/")),
		undefined, "a worker that has kept the page");
	const size = await page.evaluate(async () =>
		new Response((await fetch("/names.txt")).body.pipeThrough(new CompressionStream("gzip"))).arrayBuffer().then((b) => b.byteLength));
	check(size < 400000, `the names are ${size} bytes`);
	figures.push(`the names for offline are ${Math.round(size / 1000)} kB compressed`);
	way.refuse = true;
	way.break();
	await page.goto(`${base}?query=white+bishop`);
	await statusSays(page, "for 'white bishop'");
	await until(page, () => /Only names are searched/.test(document.getElementById("trouble").textContent));
	await loaded(page);
	const found = await page.locator("#results .text").allTextContents();
	equal(found[0], "WHITE CHESS BISHOP", "the first name");
	equal(found.filter((name) => !/WHITE.*BISHOP/.test(name)), [], "names without the words");
	await page.fill("#query", "chess kni");
	await statusSays(page, "for 'chess kni'");
	await loaded(page);
	check(await page.locator("#results [data-number]").count() > 3, "knights");
	await page.locator("td.code a").first().click();
	await page.getByRole("dialog").waitFor();
	check(/CHESS KNIGHT/.test(await page.locator("#details-name").textContent()), "details");
	await page.keyboard.press("Escape");
	way.refuse = false; // and when it is back, it answers
	await page.fill("#query", "smilng");
	await until(page, () => document.querySelector("#help a")?.textContent === "smiling" && !document.getElementById("trouble").textContent);
	way.close();
});
