// Copying: what cannot be seen, in other forms, and what was copied before.
"use strict";

const { base, test, check, equal, until, statusSays, loaded, toastSays, clipboardIs, open, shoot, accessible } = require("./harness");

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

test("copies characters that cannot be seen", CLIPBOARD, async (page) => {
	await open(page, "is:control");
	await loaded(page);
	for (const [code, shown, name] of [["U+0007", "BEL", "ALERT"], ["U+0009", "HT", "CHARACTER TABULATION"]]) {
		const row = page.locator(`#results [data-number='${Number.parseInt(code.slice(2), 16)}']`);
		equal(await row.locator(".glyph.boxed").textContent(), shown, "what is seen");
		await row.locator("button").click();
		await toastSays(page, name);
		await clipboardIs(page, String.fromCodePoint(Number.parseInt(code.slice(2), 16)), code);
	}
	await shoot(page, "controls");
	await page.goto(`${base}char/U+0007`);
	await page.getByRole("button", { name: "Copy the character" }).click();
	await toastSays(page, "ALERT");
	await clipboardIs(page, "\u0007", "from its page");
	for (const [code, shown] of [["U+200D", "ZWJ"], ["U+0301", "\u25cc\u0301"], ["U+00A0", "NBSP"], ["U+E000", "E000"], ["U+FE0F", "VS16"]]) {
		await page.goto(`${base}char/${code}`);
		equal(await page.locator("#details .big .glyph").textContent(), shown, code);
	}
});

test("looks up white space that was pasted", {}, async (page) => {
	await page.goto(base);
	await page.fill("#query", "\u00a0");
	await loaded(page);
	equal(await page.locator("#results .name .text").allTextContents(), ["NO-BREAK SPACE"]);
});

test("copies in other forms", CLIPBOARD, async (page) => {
	await open(page, "white bishop");
	await loaded(page);
	for (const [format, text] of [["HTML", "&#x2657;"], ["CSS", "\\002657"], ["JavaScript", "\\u{2657}"], ["Python", "\\u2657"],
		["Rust", "\\u{2657}"], ["LaTeX", "\\symbol{\"2657}"], ["URL", "%E2%99%97"], ["Decimal", "9815"], ["Code point", "U+2657"], ["Character", "♗"]]) {
		await page.selectOption("#format", format);
		await page.locator(".glyph-button").first().click();
		await clipboardIs(page, text, format);
	}
});

test("copies by the name that HTML has", CLIPBOARD, async (page) => {
	await open(page, "euro sign");
	await loaded(page);
	await page.selectOption("#format", "HTML");
	await page.locator(".glyph-button").first().click();
	await clipboardIs(page, "&euro;");
	equal(await page.locator("#tray button").first().getAttribute("data-entity"), "euro", "and from the tray");
});

test("has what was copied at hand", CLIPBOARD, async (page) => {
	await open(page, "white bishop");
	await loaded(page);
	await page.locator("#results .glyph-button").nth(1).click();
	await page.locator("#results .glyph-button").nth(0).click();
	equal(await page.locator("#tray .glyph").allTextContents(), ["♗", "🨡"], "the newest first");
	await page.getByRole("button", { name: "Keep WHITE CHESS BISHOP", exact: true }).click();
	await page.getByRole("button", { name: "Copy all" }).click();
	await clipboardIs(page, "♗🨡", "together");
	await page.goto(base);
	equal(await page.locator("#tray .glyph").allTextContents(), ["♗", "🨡"], "on the next page");
	await accessible(page, "with what was copied");
	await page.getByRole("button", { name: "Clear" }).click();
	equal(await page.locator("#tray .glyph").allTextContents(), ["♗"], "what is pinned stays");
});
