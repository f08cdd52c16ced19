// What the tests of the page share: how they are written down and run, and how they wait.
"use strict";

const fs = require("fs");
const net = require("net");
const path = require("path");
const { chromium } = require("playwright-core");

const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [, , base, screenshots] = process.argv;
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];
// Milliseconds; for what comes at once unless the machine is busy.
const PATIENCE = 60000 * Number(process.env.CHARFINDER_PATIENCE || 1);

const figures = [];
const tests = [];

// `options` are the browser's; service workers, which would hide failures, are for those who ask. With
// `troubled` it may complain of requests that have failed; with `flags` it is a browser of its own.
const test = (name, options, run) => tests.push({ name, options, run });

function check(truth, what) {
	if (!truth) throw new Error(what);
}

function equal(found, expected, what = "") {
	const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
	if (a !== b) throw new Error(`${what}: ${a} is not ${b}`);
}

// Looked at from outside: the page's own policy forbids what waitForFunction() does inside.
async function until(page, condition, argument, what) {
	const end = Date.now() + PATIENCE;
	while (!(await page.evaluate(condition, argument))) {
		if (Date.now() > end) throw new Error(`it did not come to be: ${what || condition}`);
		await new Promise((resolve) => { setTimeout(resolve, 5); });
	}
}

const statusIs = (page, text) =>
	until(page, (t) => document.getElementById("status").textContent === t, text, `status ${text}`);
const statusSays = (page, text) =>
	until(page, (t) => document.getElementById("status").textContent.includes(t), text, `status with ${text}`);
const addressIs = (page, address) =>
	until(page, (a) => location.pathname + location.search === a, address, `address ${address}`);
const inSightIsLoaded = () => {
	const all = [...document.querySelectorAll("#results [data-number]")];
	const inSight = all.filter((r) => r.getBoundingClientRect().bottom > 0 && r.getBoundingClientRect().top < innerHeight);
	return inSight.length > 0 && !inSight.some((r) => r.classList.contains("loading"));
};
const loaded = (page) => until(page, inSightIsLoaded, undefined, "rows");
const focusIs = (page, selector, what = selector) =>
	until(page, (s) => document.activeElement.matches(s), selector, `focus: ${what}`);
// It is shown for a moment; its words stay.
const toastSays = (page, words) =>
	until(page, (w) => document.getElementById("toast")?.textContent.includes(w), words, `toast with ${words}`);
const clipboardIs = (page, words, what = "") =>
	until(page, async (w) => await navigator.clipboard.readText() === w, words, `${words} in the clipboard ${what}`);
const rows = (page) => page.locator("#results [data-number]");
const total = async (page) => {
	const [, count] = (await page.locator("#status").textContent()).match(/^(\d+|No) match/);
	return count === "No" ? 0 : Number(count);
};

// Shows an answer to the query, as the page without scripts begins it.
async function open(page, query, more = {}) {
	await page.goto(`${base}?${new URLSearchParams({ query, ...more })}`);
	await until(page, () => document.querySelector("#results [data-number]") || /^No match/.test(document.getElementById("status").textContent),
		undefined, `an answer to ${query}`);
}

async function shoot(page, name) {
	await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

// Of what is made alike a hundred times the first few stand for all.
const ALIKE = ["#results tr:nth-child(n+9)", ".tile:nth-child(n+9)", ".browse li:nth-child(n+5)", "#more-languages label:nth-child(n+5)"];

async function accessible(page, what) {
	await page.evaluate(axeSource);
	const { violations } = await page.evaluate((alike) => axe.run({ include: [["html"]], exclude: alike.map((one) => [one]) },
		{ resultTypes: ["violations"] }), ALIKE);
	const found = violations.map((v) => `${v.id} (${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; ")})`);
	equal(found, [], `axe, ${what}`);
	figures.accessible = (figures.accessible || 0) + 1;
}

// A way to the daemon that can be made bad: `refuse` connections, send but `half` of what comes back,
// hold it up for `slow` milliseconds.
function makeWay() {
	const { hostname, port } = new URL(base);
	const ends = new Set();
	const way = { refuse: false, half: false, slow: 0, requests: 0 };
	const server = net.createServer((client) => {
		if (way.refuse) return client.resetAndDestroy();
		const daemon = net.connect(Number(port), hostname);
		for (const end of [client, daemon]) {
			ends.add(end);
			end.on("error", () => { client.destroy(); daemon.destroy(); });
			end.on("close", () => { ends.delete(end); client.destroy(); daemon.destroy(); });
		}
		client.on("data", (data) => { way.requests++; daemon.write(data); });
		daemon.on("data", (data) => {
			if (way.half) return client.end(data.subarray(0, data.length / 2));
			return way.slow ? setTimeout(() => client.write(data), way.slow) : client.write(data);
		});
		return undefined;
	});
	way.break = () => { for (const end of ends) end.destroy(); };
	way.close = () => { way.break(); server.close(); };
	way.open = () => new Promise((resolve) => {
		server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}/`));
	});
	return way;
}

// ---- running them

const launch = (flags) =>
	chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: [...FLAGS, ...flags] });

async function runOne(browser, { name, options: { troubled, ...options }, run }) {
	const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, serviceWorkers: "block", ...options });
	const page = await context.newPage();
	const begin = Date.now();
	const complaints = [];
	page.setDefaultTimeout(PATIENCE);
	// 400 is what a wrong query gets; all else that the browser complains of is our fault
	page.on("console", (m) => { if (m.type() === "error" && !troubled && !/ 400 /.test(m.text())) complaints.push(m.text()); });
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("request", (request) => { if (!troubled && !request.url().startsWith(base)) complaints.push(`asked ${request.url()}`); });
	try {
		await run(page);
		equal(complaints, [], "complaints of the browser");
		console.log(`ok ${name}`);
		if (process.env.TIMES) console.log(`took ${Date.now() - begin} ms`);
		return true;
	} catch (error) {
		console.log(`FAILED ${name}: ${error.message}`);
		await shoot(page, `failed-${name.replace(/\W+/g, "-")}`).catch(() => {});
		return false;
	} finally {
		await page.unrouteAll({ behavior: "ignoreErrors" }); // else what is under way ends all the tests
		await context.close();
	}
}

async function runAll() {
	fs.mkdirSync(screenshots, { recursive: true });
	const browser = await launch([]);
	let failed = 0;
	for (const one of tests) {
		if (process.env.ONLY && !one.name.includes(process.env.ONLY)) continue;
		const own = one.options.flags ? await launch(one.options.flags) : browser;
		failed += !(await runOne(own, one));
		if (own !== browser) await own.close();
	}
	await browser.close();
	for (const figure of figures) console.log(`figure ${figure}`);
	if (figures.accessible) console.log(`figure ${figures.accessible} views without a violation that axe finds`);
	process.exit(failed ? 1 : 0);
}

module.exports = { base, figures, PATIENCE, test, check, equal, until, statusIs, statusSays, addressIs, loaded, focusIs, toastSays, clipboardIs,
	rows, total, open, shoot, accessible, makeWay, runAll };
