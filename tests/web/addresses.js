// What is shown and its address are one: reloading shows the same, Back what was before.
"use strict";

const path = require("path");
const { pathToFileURL } = require("url");
const { base, test, check, equal, until, statusIs, statusSays, addressIs, loaded, focusIs, open } = require("./harness");

const MODULE = path.join(__dirname, "..", "..", "server", "http", "web", "page", "state.js");
const ORIGIN = "http://x";

test("has one address for a state, and one state for an address", {}, async () => {
	const { readAddress, writeAddress } = await import(pathToFileURL(MODULE));
	const values = {
		query: ["", "chess", "a&b=c+d %", "\u00a0", "é♗ "],
		typing: [false, true],
		mode: ["auto", "wide"],
		lang: ["", "fr", "fr,zh-Hant"],
		filters: [[], [{ field: "block", value: "Box Drawing" }], [{ field: "cat", value: "So" }, { field: "cat", value: "Sm" }, { field: "age", value: ">=15" }]],
		from: [1, 2001],
		view: ["list", "grid"],
		char: ["", "U+2657", "U+1F468-U+200D-U+1F4BB"],
	};
	let states = [{}];
	for (const [name, all] of Object.entries(values)) states = states.flatMap((s) => all.map((value) => ({ ...s, [name]: value })));
	for (const usual of [{ mode: "auto", lang: "" }, { mode: "wide", lang: "fr" }])
		for (const state of states) {
			const address = writeAddress(state, usual);
			const read = readAddress(new URL(address, ORIGIN), usual);
			// without a query there is nothing that it could be about
			const expected = state.query ? state : { ...readAddress(new URL("/", ORIGIN), usual), view: state.view, char: state.char };
			equal(read, expected, address);
			equal(writeAddress(read, usual), address, "and back");
		}
	check(states.length > 2000, `${states.length} states`);
});

test("goes back to what was before", {}, async (page) => {
	await page.goto(base);
	await page.getByRole("link", { name: "hexagram" }).click();
	await statusSays(page, "'hexagram'");
	await page.fill("#query", "cat");
	await statusSays(page, "'cat'");
	await page.keyboard.press("Enter");
	await page.fill("#query", "");
	await page.keyboard.type("rook");
	await statusSays(page, "'rook'");
	await page.keyboard.press("Enter");
	await addressIs(page, "/?query=rook");
	await page.goBack();
	await statusSays(page, "'cat'");
	equal(await page.inputValue("#query"), "cat");
	await page.goBack();
	await statusSays(page, "'hexagram'");
	await page.goBack();
	await statusIs(page, "Enter words describing characters.");
	await page.goForward();
	await statusSays(page, "'hexagram'");
});

test("has an address for the details, and comes back from them", {}, async (page) => {
	await open(page, "rook");
	await loaded(page);
	await page.locator("#results a").first().click();
	await page.getByRole("dialog").waitFor();
	const address = await page.evaluate(() => location.pathname + location.search);
	check(/^\/char\/U\+[0-9A-F]+\?query=rook$/.test(address), address);
	await page.locator("dialog a[rel=next]").click();
	await until(page, (a) => location.pathname + location.search !== a, address, "the next one");
	await page.goBack();
	await addressIs(page, address);
	await page.goBack();
	await until(page, () => !document.querySelector("dialog[open]"), undefined, "the list");
	await addressIs(page, "/?query=rook");
	await page.goForward();
	await page.getByRole("dialog").waitFor();
	await page.keyboard.press("Escape");
	await addressIs(page, "/?query=rook");
	await page.goForward();
	await page.getByRole("dialog").waitFor();
	await page.reload();
	await page.locator("#details").waitFor();
	equal(await page.inputValue("#query"), "rook", "the query");
	await page.locator(".back a").click();
	await statusSays(page, "'rook'");
});

test("types on the page of a character, and can go back to it", {}, async (page) => {
	await page.goto(`${base}char/U+2657`);
	await page.fill("#query", "king");
	await statusSays(page, "'king'");
	await page.goBack();
	await addressIs(page, "/char/U+2657");
	await until(page, () => document.getElementById("details-name")?.textContent === "WHITE CHESS BISHOP", undefined, "the character");
});

test("looks around, types, and goes back", {}, async (page) => {
	await page.goto(`${base}browse`);
	await page.fill("#query", "king");
	await statusSays(page, "'king'");
	await page.goBack();
	await page.locator(".browse h2").first().waitFor();
	await page.getByRole("link", { name: "Dingbats", exact: true }).click();
	await statusSays(page, "block:Dingbats");
	await page.goto(`${base}U+2657`);
	await page.fill("#query", "king");
	await statusSays(page, "'king'");
	await page.goBack();
	await until(page, () => document.getElementById("details-name")?.textContent === "WHITE CHESS BISHOP", undefined, "the character");
});

test("finds the place in a list again", {}, async (page) => {
	await open(page, "arrow");
	await loaded(page);
	await page.evaluate(() => scrollTo(0, 9000));
	await until(page, () => Number(new URL(location.href).searchParams.get("from")) > 100, undefined, "the row in the address");
	await loaded(page);
	const first = () => page.evaluate(() => [...document.querySelectorAll("#results [data-number]")]
		.find((row) => row.getBoundingClientRect().bottom > 1).dataset.number);
	const before = Number(await first());
	await page.goto(`${base}version`);
	await page.goBack();
	await loaded(page);
	await until(page, () => scrollY > 1000, undefined, "scrolled");
	check(Math.abs(Number(await first()) - before) <= 1, `row ${await first()}, not ${before}`);
	await page.goto(`${base}?query=cjk&from=50001`);
	await until(page, () => document.querySelector("[data-number='50000']"), undefined, "row 50001");
	await loaded(page);
	check(Math.abs(Number(await first()) - 50000) <= 1, `row ${await first()}`);
});

test("writes few addresses while somebody types", {}, async (page) => {
	await page.addInitScript(() => {
		window.written = 0;
		for (const name of ["pushState", "replaceState"]) {
			const real = history[name].bind(history);
			history[name] = (...args) => { window.written++; real(...args); };
		}
	});
	await page.goto(base);
	for (let n = 0; n < 60; n++) await page.keyboard.type(n % 10 ? "a" : " ");
	const written = await page.evaluate(() => [window.written, performance.now()]);
	check(written[0] <= 3 + written[1] / 500, `${written[0]} addresses in ${written[1]} ms`);
});

test("keeps the focus where it was when the details close", {}, async (page) => {
	await open(page, "white bishop");
	await loaded(page);
	await page.focus("[data-number='2'] a");
	await page.keyboard.press("Enter");
	await page.getByRole("dialog").waitFor();
	await page.keyboard.press("Escape");
	await until(page, () => !document.querySelector("dialog[open]"), undefined, "closed");
	await focusIs(page, "[data-number='2'] a", "the focus");
});
