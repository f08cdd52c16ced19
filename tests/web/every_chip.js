// What people look for: each chip gives the number that it shows, with scripts and without.
"use strict";

const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");
const { base, figures, test, check, equal, until, open } = require("./harness");

const SOURCES = path.join(__dirname, "..");
const MODULE = path.join(SOURCES, "..", "server", "http", "web", "page", "state.js");
const LOOKED_FOR = fs.readFileSync(path.join(SOURCES, "looked_for.txt"), "utf8").trim().split("\n");

// The chips of a page: where each leads, in one way to write it, and the number on it.
const chips = (page) => page.evaluate(() => [...document.querySelectorAll(".chip:not([aria-current])")]
	.map((chip) => [`/?${new URL(chip.href).searchParams}`, Number(chip.querySelector(".count").textContent)]));

test("is shown by each chip what a click on it gives", {}, async (page) => {
	const { readAddress, writeRequest } = await import(pathToFileURL(MODULE));
	let checked = 0;
	await page.goto(base);
	for (const query of LOOKED_FOR) {
		await page.fill("#query", `${query} `);
		await until(page, (q) => document.querySelector("#status").textContent.includes(`'${q}'`), query, query);
		for (const [href, count] of await chips(page)) {
			const request = writeRequest(readAddress(new URL(href, base), { mode: "wide", lang: "" }), { from: 1, limit: 1, facets: false });
			const answer = await (await fetch(new URL(request, base))).json();
			equal(answer.total, count, href);
			checked++;
		}
	}
	check(LOOKED_FOR.length > 60 && checked > 700, `${checked} chips of ${LOOKED_FOR.length} queries`);
	figures.push(`${checked} chips of ${LOOKED_FOR.length} queries lead to the number that they show`);
});

test("is shown the same chips with scripts and without", { javaScriptEnabled: false }, async (page) => {
	const scripted = await page.context().browser().newPage({ viewport: { width: 1100, height: 800 }, serviceWorkers: "block" });
	for (const query of LOOKED_FOR.filter((_, n) => n % 6 === 0)) {
		await page.goto(`${base}?${new URLSearchParams({ query })}`);
		await open(scripted, query);
		await until(scripted, () => document.querySelector(".js #toolbar:not([hidden]) button"), undefined, "the script");
		equal(await chips(scripted), await chips(page), query);
	}
	await scripted.close();
});
