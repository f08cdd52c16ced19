// The rows: all of one height, all in the document if they are not too many; the grid.
"use strict";

const { base, figures, test, check, equal, until, statusSays, loaded, focusIs, rows, total, open, shoot, accessible } = require("./harness");

const heights = () => [...new Set([...document.querySelectorAll("#results [data-number]")].map((row) => Math.round(row.getBoundingClientRect().height * 8) / 8))];

test("sees rows that are all of one height", {}, async (page) => {
	for (const query of ["flag", "kiss | family", "bismillah", "U+FDFD U+1F1E9 U+0000 U+0301 U+1242B U+12031", "cuneiform sign", "is:control"])
		for (const view of ["list", "grid"]) {
			await open(page, query, { view });
			await loaded(page);
			equal((await page.evaluate(heights)).length, 1, `heights of ${query}, ${view}`);
		}
});

test("has short lists whole in the document, without redrawing them", {}, async (page) => {
	for (const query of ["flag", "kiss | family", "chess"]) {
		await open(page, query);
		const count = await total(page);
		check(count > 100 && count <= 500, `${count} rows for ${query}`);
		await until(page, (n) => document.querySelectorAll("#results [data-number]").length === n, count, "all rows");
		await until(page, () => !document.querySelector("#results .loading"), undefined, "all filled");
		const changes = await page.evaluate(async () => {
			let number = 0;
			const observer = new MutationObserver((all) => { number += all.length; });
			observer.observe(document.getElementById("answer"), { childList: true, subtree: true });
			for (let n = 0; n < 20; n++) {
				scrollBy(0, 400);
				await new Promise(requestAnimationFrame);
			}
			return number;
		});
		equal(changes, 0, `changes while scrolling through ${query}`);
	}
});

test("is told which rows of many are in sight", {}, async (page) => {
	await open(page, "cjk");
	await loaded(page);
	const said = `Row 1 of ${(await total(page)).toLocaleString("en")}`;
	await until(page, (words) => document.querySelector("#position span")?.textContent === words, said, said);
	await page.emulateMedia({ media: "print" });
	check(await page.locator("#position .printed").isVisible(), "what is printed");
});

test("is told so beside what else is at the bottom", {}, async (page) => {
	for (const [view, width] of [["list", 360], ["grid", 360], ["list", 1200]]) {
		await page.setViewportSize({ width, height: 740 });
		await open(page, "arrow", { view });
		await loaded(page);
		await page.locator("#results button").first().click();
		await page.locator("#tray li").first().waitFor();
		await until(page, () => document.getElementById("position").getBoundingClientRect().bottom <=
			document.getElementById("bottom").getBoundingClientRect().top, undefined, `nothing is covered, ${view}`);
		const [tray, results] = await Promise.all(["#tray", "#results"].map((id) => page.locator(id).boundingBox()));
		check(tray.x <= results.x && tray.x + tray.width >= results.x + results.width, `no row looks out beside the tray, ${view}, ${width}`);
	}
});

test("prints what is in the document, and no empty pages", {}, async (page) => {
	for (const [query, view, pages] of [["cjk", "list", 2], ["cjk", "grid", 3], ["heart", "list", 6], ["heart", "grid", 2]]) {
		await open(page, query, { view });
		await loaded(page);
		const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
		const count = pdf.match(/\/Type\s*\/Page\b/g).length;
		check(count <= pages, `${query}, ${view}: ${count} pages`);
	}
});

test("opens an address far down with one request", {}, async (page) => {
	for (const [from, name] of [[5000, "CJK UNIFIED IDEOGRAPH-55E1"], [103204, /CJK/]]) {
		const asked = [];
		const see = (request) => /api.v1.search/.test(request.url()) && asked.push(request.url());
		page.on("request", see);
		await open(page, "cjk", { from });
		const texts = await page.evaluate((f) => [...document.querySelectorAll("#results [data-number]")]
			.filter((row) => Math.abs(row.dataset.number - (f - 1)) < 10).map((row) => row.querySelector(".text").textContent), from);
		check(texts.length > 5 && texts.every((text) => /CJK /.test(text)), `rows that are there at once: ${texts}`);
		check(texts.some((text) => text.match(name)), `row ${from}: ${texts}`);
		equal(asked.length, 1, `requests: ${asked}`);
		page.off("request", see);
	}
});

test("drags the scroll bar without asking for all that flies past", {}, async (page) => {
	const asked = [];
	await open(page, "cjk");
	await loaded(page);
	page.on("request", (request) => asked.push(request.url()));
	await page.evaluate(async () => {
		for (let n = 0; n < 120; n++) {
			scrollTo(0, (n / 120) * document.body.scrollHeight);
			await new Promise(requestAnimationFrame);
		}
	});
	await loaded(page);
	check(asked.length < 60, `${asked.length} requests`);
	figures.push(`dragging the scroll bar over cjk: ${asked.length} requests`);
});

test("walks about in a grid of tiles", {}, async (page) => {
	await open(page, "arrow");
	await page.getByRole("button", { name: "Grid" }).click();
	await page.locator(".tile").first().waitFor();
	await loaded(page);
	equal(new URL(page.url()).searchParams.get("view"), "grid", "the address");
	const columns = await page.evaluate(() => getComputedStyle(document.querySelector(".tiles")).gridTemplateColumns.split(" ").length);
	const at = () => page.evaluate(() => Number(document.activeElement.closest("[data-number]")?.dataset.number));
	await page.focus("#query");
	for (const [key, expected] of [["ArrowDown", 0], ["ArrowRight", 1], ["ArrowDown", 1 + columns], ["ArrowLeft", columns], ["ArrowUp", 0]]) {
		await page.keyboard.press(key);
		equal(await at(), expected, key);
	}
	const name = await page.evaluate(() => document.activeElement.title);
	check((await page.locator("#preview").textContent()).includes(name), "the preview");
	await accessible(page, "grid");
	await shoot(page, "grid");
	await page.keyboard.press("ArrowUp");
	await focusIs(page, "#query", "back in the box");
	const tiles = await page.evaluate(() => [...document.querySelectorAll(".tile")].filter((t) => t.getBoundingClientRect().top < innerHeight).length);
	figures.push(`${tiles} tiles on a screen of 1100 × 800`);
	await page.setViewportSize({ width: 1280, height: 800 });
	await until(page, () => [...document.querySelectorAll(".tile:not(.loading)")].filter((t) => t.getBoundingClientRect().top < innerHeight).length >= 100,
		undefined, "a hundred tiles on a screen of 1280 × 800");
	await page.reload();
	await page.locator(".tile").first().waitFor();
	await page.keyboard.press("Tab");
	await page.getByRole("button", { name: "List" }).click();
	await page.locator("#results tbody").waitFor();
});

test("has the first row high up on the screen", {}, async (page) => {
	for (const [width, height] of [[1100, 800], [360, 740]]) {
		await page.setViewportSize({ width, height });
		await open(page, "heart");
		await loaded(page);
		const { y } = await rows(page).first().boundingBox();
		check(y < height * 0.5, `the first row is at ${y} of ${height}`);
	}
});
