// The page's service worker: keeps the page and the names, so that both are there when the server
// cannot be reached. What it can reach is always asked first.
"use strict";

const CACHE = "charfinder";
const ROOT = new URL("./", location).pathname; // "/", or "/chars/" where the server has a part of a site
const NAMES = `${ROOT}names.txt`;
let refreshed = false; // since this worker was started
let names = null; // [{ codes, name }], once they have been read

// ---- keeping

// The page, with the style and script that it names, and all names.
async function keep() {
	const cache = await caches.open(CACHE);
	const page = await fetch(ROOT, { cache: "no-cache" });
	if (!page.ok) throw new Error(page.statusText);
	const assets = (await page.clone().text()).match(/[^"]*\/assets\/[\w.]+\?v=\d+/g);
	await cache.addAll(assets);
	await cache.add(new Request(NAMES, { cache: "no-cache" }));
	await cache.put(ROOT, page);
	for (const { url } of await cache.keys()) {
		const { pathname, search } = new URL(url);
		if (pathname.startsWith(`${ROOT}assets/`) && !assets.includes(pathname + search)) await cache.delete(url);
	}
	names = null;
}

function refresh() {
	if (refreshed) return undefined;
	refreshed = true;
	return keep().catch(() => { refreshed = false; });
}

const kept = async (url) => (await caches.open(CACHE)).match(url);

// ---- finding

async function readNames() {
	const text = await (await kept(NAMES)).text();
	return text.split("\n").filter(Boolean).map((line) => {
		const [codes, name] = line.split("\t");
		return { codes: codes.split("-"), name, words: name.toUpperCase().split(/[^\p{L}\p{N}]+/u) };
	});
}

const charOf = ({ codes }) => String.fromCodePoint(...codes.map((code) => Number.parseInt(code, 16)));

// Rows with all words in their names; the last one may go on while it is being typed.
function find(query, isTyping) {
	const asked = query.toUpperCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
	const last = isTyping && !/\s$/.test(query) ? asked.pop() : undefined;
	return names.filter((row) => asked.every((word) => row.words.includes(word)) &&
		(last === undefined || row.words.some((word) => word.startsWith(last)))).filter(() => asked.length > 0 || last)
		.concat([...query.trim()].length === 1 ? names.filter((row) => charOf(row) === query.trim()) : []);
}

function rowOf(row) {
	const codes = row.codes.map((code) => `U+${code}`);
	const isInvisible = /^[\p{C}\p{Z}]$/u.test(charOf(row));
	const shown = isInvisible ? row.codes[0] : /^\p{M}$/u.test(charOf(row)) ? `◌${charOf(row)}` : charOf(row);
	return { code: codes.join(" "), codes, char: charOf(row), shown, boxed: isInvisible, name: row.name, category: "",
		script: "", block: "", age: "", source: "name", through: null, entity: null };
}

async function answer(params) {
	names ||= await readNames();
	const query = params.get("q") || "";
	const from = Number(params.get("from")) || 1;
	const found = find(query, params.get("typing") === "true");
	const results = found.slice(from - 1, from - 1 + (Number(params.get("limit")) || 100)).map(rowOf);
	const count = found.length === 0 ? "No match" : found.length === 1 ? "1 match" : `${found.length} matches`;
	return Response.json({ offline: true, query, mode: "classic", total: found.length, first: from, count: results.length,
		source: "name", corrected: null, alternatives: [], facets: {}, results, status: `${count} for '${query.trim()}'`, next: null });
}

// ---- details

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

async function details(char) {
	names ||= await readNames();
	const codes = char.replace(/U\+/gi, "").toUpperCase();
	const row = names.find((one) => one.codes.join("-") === codes);
	if (!row) return Response.error();
	const facts = rowOf(row);
	const texts = JSON.parse((await (await kept(ROOT)).text()).match(/id="texts">(.*?)<\/script>/)[1]);
	return new Response(`<article id="details"><div class="head"><div class="big"><span class="glyph${facts.boxed ? " boxed" : ""}">` +
		`${escape(facts.shown)}</span></div><div><p class="code">${facts.code}</p><h2 id="details-name">${escape(facts.name)}</h2>` +
		`<button type="button" class="copy" data-codes="${facts.code}" data-name="${escape(facts.name)}" data-shown="${escape(facts.shown)}">` +
		`${texts.copy}</button></div></div></article>`, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// ---- answering

async function without(request, url) {
	if (request.mode === "navigate") return kept(ROOT);
	if (url.pathname === `${ROOT}api/v1/search`) return answer(url.searchParams);
	if (url.pathname.startsWith(`${ROOT}char/`)) return details(decodeURIComponent(url.pathname.slice(`${ROOT}char/`.length)));
	return (await kept(request.url)) || Response.error();
}

addEventListener("install", (event) => {
	skipWaiting();
	event.waitUntil(keep());
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== "GET" || url.origin !== location.origin) return;
	event.respondWith(fetch(request).catch(() => without(request, url)));
	if (request.mode === "navigate") event.waitUntil(refresh());
});
