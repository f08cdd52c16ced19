// What narrows an answer, and takes that back; languages; words that are being typed.
"use strict";

const { base, test, check, equal, until, statusIs, statusSays, addressIs, loaded, focusIs, total, open, shoot, accessible } = require("./harness");

test("narrows by two chips, and takes them off again", {}, async (page) => {
	for (const query of ["heart", "letter a", "\"chess rook\""]) {
		await open(page, query, { mode: "wide" });
		const all = await total(page);
		for (const n of [0, 1]) {
			const chip = page.locator(".chip:not([aria-current])").nth(n);
			const count = Number(await chip.locator(".count").textContent());
			await chip.click();
			await until(page, (c) => document.getElementById("status").textContent.startsWith(`${c} match`), count, `${count} rows for ${query}`);
			await loaded(page);
		}
		for (let left = await page.locator(".chip[aria-current]").count(); left > 0; left--) {
			await page.locator(".chip[aria-current]").first().click();
			await until(page, (n) => document.querySelectorAll(".chip[aria-current]").length < n, left, "a chip less");
		}
		await statusSays(page, `${all} match`);
	}
});

test("narrows without scripts as with them", { javaScriptEnabled: false }, async (page) => {
	await page.goto(`${base}?query=heart&script=Common`);
	equal(await page.locator(".chip[aria-current]").allTextContents(), ["Common 69"], "what is chosen");
	for (const field of ["block", "age"]) {
		await page.goto(`${base}?query=heart&script=Common`);
		const chip = page.locator(`.chip[data-field='${field}']`).first();
		const count = await chip.locator(".count").textContent();
		await chip.click();
		await page.waitForURL(new RegExp(`[?&]${field}=`));
		check((await page.locator("#status").textContent()).includes(`${count} match`), `${count} rows`);
		equal(new URL(page.url()).searchParams.get("script"), "Common", "the other filter");
	}
	await page.goto(`${base}?query=letter&age=%3E%3D15&script=cyrl`);
	equal(await page.locator(".chip[aria-current]").count(), 2, "filters that are no facet");
});

test("narrows the answer with chips", {}, async (page) => {
	await open(page, "chess", { mode: "auto" });
	await statusIs(page, "124 matches for 'chess'");
	const chip = page.getByRole("link", { name: /^Miscellaneous Symbols 12$/ });
	await chip.click();
	await statusIs(page, "12 matches for 'chess'");
	await addressIs(page, "/?query=chess&mode=auto&block=Miscellaneous+Symbols");
	equal(await chip.getAttribute("aria-current"), "true", "chosen");
	await focusIs(page, ".chip[aria-current]", "the focus stays on it");
	await loaded(page);
	equal(await page.locator("#results [data-number]").count(), 12, "rows");
	await accessible(page, "filtered");
	await shoot(page, "filtered");
	await page.reload();
	await statusSays(page, "12 matches");
	await loaded(page);
	await page.locator(".chip[aria-current]").click();
	await statusIs(page, "124 matches for 'chess'");
	await page.goBack();
	await statusIs(page, "12 matches for 'chess'");
});

test("finds by the words of the browser's language, or of another", { locale: "fr-CH" }, async (page) => {
	const hearts = async () => Number((await page.locator("#status").textContent()).match(/\d+/)[0]);
	await page.goto(base);
	equal(await page.inputValue("#lang"), "fr", "the language");
	await page.keyboard.type("coeur");
	await statusSays(page, "pour « coeur »");
	check(await hearts() > 10, "hearts");
	await addressIs(page, "/?query=coeur&typing=true");
	await page.selectOption("#lang", "de");
	await page.waitForURL(/lang=de/);
	equal(await page.evaluate(() => document.documentElement.lang), "de", "the page");
	await page.fill("#query", "Herz");
	await statusSays(page, "für „Herz“");
	check(await hearts() > 10, "hearts in German");
	await page.locator("#more-languages summary").click();
	await accessible(page, "languages");
	await shoot(page, "languages");
	await page.getByRole("checkbox", { name: "français", exact: true }).check();
	await page.mouse.click(20, 780); // beside it
	await page.waitForURL(/lang=de%2Cfr/);
	equal(await page.locator("#more-languages summary").textContent(), "Weitere Sprachen (1)", "how many more");
	for (const word of ["Herz", "coeur"]) {
		await page.fill("#query", word);
		await statusSays(page, `für „${word}“`);
		check(await hearts() > 10, word);
	}
	await page.selectOption("#lang", "");
	await page.waitForURL(/lang=en%2Cfr/);
	await page.locator("#more-languages summary").click();
	await page.getByRole("checkbox", { name: "français", exact: true }).uncheck();
	await page.getByRole("button", { name: "Find" }).last().click();
	await page.waitForURL(/lang=en$/);
	await page.reload();
	await loaded(page);
	equal(await page.inputValue("#lang"), "", "still none");
});

test("is told in the language of the page what is wrong with a query", { locale: "de" }, async (page) => {
	await page.goto(base);
	for (const [query, words] of [["block:nosuch", "„nosuch“ ist kein Wert für block:; versuchen Sie block:arrows."],
		["\"rook", "Die Anführungszeichen sind nicht geschlossen; setzen Sie ein \" ans Ende."]]) {
		await page.fill("#query", query);
		await page.keyboard.press("Enter");
		await statusIs(page, words);
		equal(await page.getAttribute("#status", "lang"), "de");
		await page.reload();
		await statusIs(page, words);
	}
});

test("keeps a language without scripts", { javaScriptEnabled: false }, async (page) => {
	await page.goto(base);
	await page.selectOption("#lang", "fr");
	await page.fill("#query", "coeur");
	await page.keyboard.press("Enter");
	await page.locator("#results").waitFor();
	equal(await page.inputValue("#lang"), "fr", "the language");
	await page.locator("#more-languages summary").click();
	await page.getByRole("checkbox", { name: "Deutsch", exact: true }).check();
	await page.fill("#query", "chat");
	await page.keyboard.press("Enter");
	await page.waitForURL(/chat/);
	equal(await page.inputValue("#lang"), "fr", "and still");
	check(await page.locator("#more-languages [value=de]").isChecked(), "and the other");
	await page.locator("#results a").first().click();
	equal(new URL(page.url()).searchParams.get("lang"), "fr,de", "on the next page");
	equal(await page.evaluate(() => document.documentElement.lang), "fr", "which is French");
});

test("sees where words lead that are not finished", {}, async (page) => {
	for (const [typed, name] of [["chess k", /CHESS KING/], ["white h", /WHITE H/], ["script:greek a", /GREEK .*ALPHA/]]) {
		await page.goto(base);
		await page.keyboard.type(typed);
		await statusSays(page, `for '${typed}'`);
		check(!/ as /.test(await page.locator("#status").textContent()), "no correction");
		await loaded(page);
		check((await page.locator("#results .name .text").allTextContents()).some((text) => name.test(text)), typed);
	}
});
