// No match that helps, and rows that say why they are there.
"use strict";

const { base, test, check, equal, until, statusSays, loaded, open, shoot, accessible } = require("./harness");

const offered = (page) => page.locator("#help a").allTextContents();

test("is led on where there is no match, or only of some words", {}, async (page) => {
	await page.goto(base);
	await page.locator("#query").pressSequentially("nosuchword");
	await statusSays(page, "No match");
	check(await page.locator("#start .gallery").isVisible() && !(await page.locator("#toolbar").isVisible()), "where to look instead");
	await accessible(page, "no match");
	await shoot(page, "no-match");
	await page.fill("#query", "white bishop xyzzy");
	await until(page, () => document.querySelector("#help a"), undefined, "help");
	equal(await offered(page), ["white bishop"], "what has been found");
	check(/^Nearly: white bishop \d+$/.test(await page.locator("#help").textContent()), "how many there are of it");
	await page.locator("#help a").click();
	await statusSays(page, "for 'white bishop'");
	await loaded(page);
	equal(await page.inputValue("#query"), "white bishop", "the box");
	equal(await offered(page), [], "help where there are rows");
	await open(page, "bishop", { script: "Greek" });
	await page.locator("#help a").click();
	await loaded(page);
	await until(page, () => !location.search.includes("script="), undefined, "the filter is gone from the address");
});

for (const javaScriptEnabled of [true, false])
	test(`looks around in blocks ${javaScriptEnabled ? "with" : "without"} scripts`, { javaScriptEnabled }, async (page) => {
		for (const beginning of ["", "?query=nosuchword"]) {
			await page.goto(base + beginning);
			await page.getByRole("link", { name: "Box Drawing" }).click();
			await page.locator(javaScriptEnabled ? ".tile:not(.loading)" : "#results tbody tr").first().waitFor();
			equal(await page.inputValue("#query"), "block:Box_Drawing", "the box");
			equal(new URL(page.url()).searchParams.get("view"), "grid", "the view");
			check(!(await page.locator("#start").isVisible()), "the start is gone");
		}
	});

for (const javaScriptEnabled of [true, false])
	test(`sees a correction ${javaScriptEnabled ? "with" : "without"} scripts`, { javaScriptEnabled }, async (page) => {
		await page.goto(`${base}?query=smilng`);
		await page.locator("#help a").waitFor();
		equal(await offered(page), ["smiling"], "the correction");
		await page.locator("#help a").click();
		await page.locator("#results .name").first().waitFor();
		equal(await page.inputValue("#query"), "smiling", "the box");
		await page.goto(`${base}?query=amour&lang=fr`);
		await page.locator("small[lang=fr]").first().waitFor();
		equal(await page.locator("small[lang=fr]").first().textContent(), "amour", "the keyword");
	});
