// The server is slow, refuses, breaks off, or is away for a while.
"use strict";

const { test, check, equal, until, statusSays, rows, loaded, makeWay } = require("./harness");

const TROUBLED = { troubled: true };
const trouble = (page) => until(page, () => document.getElementById("trouble").textContent !== "", undefined, "it is said");
const noTrouble = (page) => until(page, () => document.getElementById("trouble").textContent === "", undefined, "it is over");

// With the page open, and rows on it.
async function begin(page, way) {
	await page.goto(await way.open());
	await page.fill("#query", "rook");
	await statusSays(page, "'rook'");
	await loaded(page);
}

for (const [what, spoil, mend] of [
	["refuses", (way) => { way.refuse = true; way.break(); }, (way) => { way.refuse = false; }],
	["sends half of its answers", (way) => { way.half = true; way.break(); }, (way) => { way.half = false; }],
]) {
	test(`keeps the rows while the server ${what}, and gets the answer after all`, TROUBLED, async (page) => {
		const way = makeWay();
		try {
			await begin(page, way);
			spoil(way);
			await page.fill("#query", "bishop");
			await trouble(page);
			check(await rows(page).count() > 5, "the rows are there");
			check(/ROOK/.test(await rows(page).first().textContent()), "the last ones");
			mend(way);
			await statusSays(page, "'bishop'");
			await noTrouble(page);
			await loaded(page);
			check(/BISHOP/.test(await rows(page).first().textContent()), "the new ones");
		} finally {
			way.close();
		}
	});
}

test("types while the server restarts", TROUBLED, async (page) => {
	const way = makeWay();
	try {
		await begin(page, way);
		for (const [n, letter] of [..." white"].entries()) {
			way.refuse = n > 1 && n < 5;
			way.break();
			await page.keyboard.press("End");
			await page.keyboard.type(letter);
		}
		way.refuse = false;
		await statusSays(page, "'rook white'");
		await noTrouble(page);
		check(await rows(page).count() > 1, "rows");
	} finally {
		way.close();
	}
});

test("opens the details after all, and can leave them meanwhile", TROUBLED, async (page) => {
	const way = makeWay();
	const open = () => page.locator("td.code a").first().click();
	try {
		await begin(page, way);
		way.refuse = true;
		way.break();
		await open();
		await trouble(page);
		check(await rows(page).count() > 5, "the rows are there");
		await page.goBack();
		await noTrouble(page);
		await open();
		await trouble(page);
		way.refuse = false;
		await page.getByRole("dialog").waitFor();
		await noTrouble(page);
		check(/ROOK/.test(await page.locator("#details-name").textContent()), "the details");
	} finally {
		way.close();
	}
});

test("fetches rows that did not come at first", TROUBLED, async (page) => {
	const way = makeWay();
	try {
		await begin(page, way);
		await page.fill("#query", "cjk");
		await statusSays(page, "'cjk'");
		await loaded(page);
		way.refuse = true;
		way.break();
		await page.evaluate(() => scrollTo(0, 1000000));
		await trouble(page);
		way.refuse = false;
		await loaded(page);
		await noTrouble(page);
	} finally {
		way.close();
	}
});

test("sees answers while typing over a slow line, and that more is awaited", TROUBLED, async (page) => {
	const way = makeWay();
	const seen = () => page.evaluate(() => [...window.seen].filter((text) => / for '/.test(text)).length);
	const words = "chess rook white ";
	let typed = "";
	try {
		await begin(page, way);
		way.slow = 400;
		await page.evaluate(() => {
			window.seen = new Set();
			window.busy = false;
			new MutationObserver(() => {
				window.seen.add(document.getElementById("status").textContent);
				window.busy ||= document.querySelector("#status.busy") !== null;
			}).observe(document.querySelector(".bar"), { subtree: true, childList: true, characterData: true, attributes: true });
		});
		await page.fill("#query", "");
		while (await seen() < 3) { // without a pause in which an answer could wait for the end
			check(typed.length < 400, `${await seen()} answers were seen over ${typed.length} letters`);
			typed += words[typed.length % words.length];
			await page.keyboard.type(typed.at(-1));
			await page.waitForTimeout(120); // as people type
		}
		typed = typed.trim();
		await statusSays(page, `'${typed}'`);
		check(await page.evaluate(() => window.busy), "that it is busy");
		await until(page, () => !document.querySelector("#status.busy"), undefined, "no longer");
		equal((await page.locator("#status").textContent()).includes(typed), true, "the last answer is the last shown");
	} finally {
		way.close();
	}
});
