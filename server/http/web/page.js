// The page of charfinder: results while you type, rows as you scroll, keys, copying, details.
// Without it the page is complete; with it, the table is drawn anew from the API.
"use strict";

(() => {
const PAGE = 100; // rows of one request
const MARGIN = 12; // rows drawn beyond what is seen
const KEPT = 60; // pages kept in memory
const CHIPS = 6; // of one kind

const CATEGORIES = {
	Lu: "Uppercase letter", Ll: "Lowercase letter", Lt: "Titlecase letter", Lm: "Modifier letter",
	Lo: "Other letter", Mn: "Nonspacing mark", Mc: "Spacing mark", Me: "Enclosing mark",
	Nd: "Decimal number", Nl: "Letter number", No: "Other number", Pc: "Connector punctuation",
	Pd: "Dash punctuation", Ps: "Open punctuation", Pe: "Close punctuation",
	Pi: "Initial punctuation", Pf: "Final punctuation", Po: "Other punctuation", Sm: "Math symbol",
	Sc: "Currency symbol", Sk: "Modifier symbol", So: "Other symbol", Zs: "Space separator",
	Zl: "Line separator", Zp: "Paragraph separator", Cc: "Control", Cf: "Format",
};
const GROUPS = [["category", "Category", "cat"], ["script", "Script", "script"], ["block", "Block", "block"]];
const BY_NAME = new Set(["name", "whole-name", "prefix", "code", "text", "filter", "unknown"]);

const USUAL = document.body.dataset.usualMode; // mode, that need not be said
const input = document.getElementById("query");
const form = document.getElementById("search");
const main = document.getElementById("main");

const make = (tag, className, text) => {
	const element = document.createElement(tag);
	if (className) element.className = className;
	if (text !== undefined) element.textContent = text;
	return element;
};

document.documentElement.classList.add("js");

// ---- copying

const toast = make("div");
toast.id = "toast";
toast.setAttribute("role", "status");
let toastTimer = 0;

function say(text) {
	// a modal dialog makes all that is outside of it inert
	(document.querySelector("dialog[open]") || document.body).append(toast);
	toast.textContent = text;
	toast.classList.add("shown");
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => toast.classList.remove("shown"), 1800);
}

// Where the page is not from a secure origin there is no clipboard.
function copyByCommand(text) {
	const area = make("textarea", "hidden");
	const focused = document.activeElement;
	area.value = text;
	(document.querySelector("dialog[open]") || document.body).append(area);
	area.select();
	const done = document.execCommand("copy");
	area.remove();
	if (focused) focused.focus({ preventScroll: true });
	return done;
}

async function copy(text, button, what) {
	let done = false;
	try {
		await navigator.clipboard.writeText(text);
		done = true;
	} catch {
		done = copyByCommand(text);
	}
	if (!done) return say("Your browser does not let this page copy");
	button.classList.add("copied");
	setTimeout(() => button.classList.remove("copied"), 1500);
	say(`Copied ${what}`);
}

// ---- the state: what is asked, and what of the answer is known

const state = {
	query: input.value.trim(),
	mode: document.body.dataset.mode,
	language: document.body.dataset.lang || "",
	filters: [], // [{property, field, value}]
	from: 1, // of the page that came without scripts
	total: 0,
	pages: new Map(), // number -> rows, or a promise of them
	asked: 0, // how many answers have been asked for; late ones are known by it
};

function fullQuery() {
	const filters = state.filters.map(({ field, value }) => `${field}:${value.replace(/ /g, "_")}`);
	return [state.query, ...filters].join(" ");
}

async function ask(number, facets, signal) {
	const params = new URLSearchParams({ q: fullQuery(), from: number * PAGE + 1, limit: PAGE, facets });
	if (state.mode !== USUAL) params.set("mode", state.mode);
	if (state.language) params.set("lang", state.language);
	const response = await fetch(`/api/v1/search?${params}`, { signal });
	const answer = await response.json();
	if (!response.ok) throw Object.assign(new Error(answer.detail), { said: true });
	return answer;
}

function address() {
	if (!state.query) return "/";
	const params = new URLSearchParams({ query: state.query });
	if (state.mode !== USUAL) params.set("mode", state.mode);
	if (state.language) params.set("lang", state.language);
	return `/?${params}`;
}

// ---- what is shown

let status, filters, holder, table, body, topSpace, bottomSpace;
const drawn = new Map(); // row number -> element
let rowHeight = 64;
let active = 0; // the row that Tab reaches

// The parts of the page that a search fills; a page about one character has none of them.
function findParts() {
	status = document.getElementById("status");
	if (!status) {
		main.textContent = "";
		status = make("p");
		status.id = "status";
		status.setAttribute("role", "status");
		filters = make("div");
		filters.id = "filters";
		holder = make("div");
		holder.id = "answer";
		main.append(status, filters, holder);
	}
	filters = document.getElementById("filters");
	holder = document.getElementById("answer");
}

function showStatus(text, wrong) {
	status.classList.toggle("wrong", Boolean(wrong));
	if (status.textContent !== text) status.textContent = text;
}

// The status of a page of rows says which; here all are one.
const wholeStatus = (text) => text.replace(/^\d+(?:-\d+)? of (?=\d)/, "");

function headOfTable() {
	const head = make("thead");
	const row = make("tr");
	for (const name of ["Code", "Character", "Name"]) {
		const cell = make("th", "", name);
		cell.scope = "col";
		row.append(cell);
	}
	row.setAttribute("aria-rowindex", "1");
	head.append(row);
	return head;
}

function space() {
	const row = make("tr", "space");
	const cell = make("td");
	row.setAttribute("role", "presentation");
	row.setAttribute("aria-hidden", "true");
	cell.colSpan = 3;
	row.append(cell);
	return row;
}

function newTable() {
	holder.textContent = "";
	drawn.clear();
	table = body = null;
	if (state.total === 0) return;
	table = make("table");
	table.id = "results";
	table.append(make("caption", "hidden", "Characters found"), headOfTable());
	table.setAttribute("aria-rowcount", String(state.total + 1));
	body = make("tbody");
	topSpace = space();
	bottomSpace = space();
	body.append(topSpace, bottomSpace);
	table.append(body);
	holder.append(table);
	active = Math.min(active, state.total - 1);
	draw();
}

function newRow(number) {
	const row = make("tr", "loading");
	const code = make("td", "code");
	const char = make("td", "char");
	const name = make("td", "name");
	const link = make("a", "", "…");
	const button = make("button", "glyph-button", "…");
	link.href = "/";
	button.type = "button";
	button.setAttribute("aria-label", "Loading");
	name.append(make("span", "text", "Loading…"));
	code.append(link);
	char.append(button);
	row.append(code, char, name);
	row.dataset.number = String(number);
	row.setAttribute("aria-rowindex", String(number + 2));
	return row;
}

function known(number) {
	const rows = state.pages.get(Math.floor(number / PAGE));
	return Array.isArray(rows) ? rows[number % PAGE] : undefined;
}

function fillRow(row, facts) {
	const link = row.querySelector("a");
	const button = row.querySelector("button");
	const name = row.querySelector(".text");
	row.classList.remove("loading");
	link.href = `/char/${facts.codes.join("-")}`;
	link.textContent = facts.code;
	button.textContent = facts.char || "␀";
	button.dataset.copy = facts.char;
	button.setAttribute("aria-label", `Copy ${facts.name}`);
	button.title = "Copy";
	name.textContent = facts.name;
	name.title = facts.name;
	if (!BY_NAME.has(facts.source)) row.querySelector(".name").append(make("small", "", `by ${facts.source}`));
}

function setTabStop(number) {
	for (const [n, row] of drawn)
		for (const control of row.querySelectorAll("a, button")) control.tabIndex = n === number ? 0 : -1;
	active = number;
}

// Draws the rows that are seen, and as many around them; what is above and below is space.
function draw() {
	if (!body) return;
	const top = body.getBoundingClientRect().top;
	const first = Math.max(0, Math.min(state.total - 1, Math.floor(-top / rowHeight) - MARGIN));
	const last = Math.min(state.total, Math.ceil((innerHeight - top) / rowHeight) + MARGIN);
	for (const [number, row] of drawn) {
		if (number >= first && number < last) continue;
		row.remove();
		drawn.delete(number);
	}
	let before = topSpace;
	for (let number = first; number < last; number++) {
		let row = drawn.get(number);
		if (!row) {
			row = newRow(number);
			for (const control of row.querySelectorAll("a, button")) control.tabIndex = number === active ? 0 : -1;
			drawn.set(number, row);
			before.after(row);
		}
		const facts = row.classList.contains("loading") && known(number);
		if (facts) fillRow(row, facts);
		before = row;
	}
	// what Tab reaches must be there
	if (!drawn.has(active) && drawn.size > 0) setTabStop(first + (first > 0 ? MARGIN : 0));
	topSpace.firstChild.style.height = `${first * rowHeight}px`;
	bottomSpace.firstChild.style.height = `${Math.max(0, state.total - Math.max(first, last)) * rowHeight}px`;
	measure();
	for (let page = Math.floor(first / PAGE); page * PAGE < last; page++) load(page);
}

// Rows are as high as the style says, which is known when there is one.
function measure() {
	const row = drawn.values().next().value;
	const height = row ? row.getBoundingClientRect().height : 0;
	if (height > 0 && Math.abs(height - rowHeight) > 0.5) {
		rowHeight = height;
		requestAnimationFrame(draw);
	}
}

async function load(number) {
	if (state.pages.has(number)) return;
	const asked = state.asked;
	try {
		const coming = ask(number, false, undefined);
		state.pages.set(number, coming);
		const answer = await coming;
		if (asked !== state.asked) return;
		state.pages.set(number, answer.results);
		forgetFarPages(number);
		draw();
	} catch {
		if (asked === state.asked) state.pages.delete(number); // asked for again by the next scroll
	}
}

function forgetFarPages(number) {
	if (state.pages.size <= KEPT) return;
	const far = [...state.pages.keys()].sort((a, b) => Math.abs(b - number) - Math.abs(a - number));
	state.pages.delete(far[0]);
}

// ---- filters

function toggleFilter(property, field, value) {
	const at = state.filters.findIndex((f) => f.field === field && f.value === value);
	if (at >= 0) state.filters.splice(at, 1);
	else state.filters.push({ property, field, value });
	search({ keepFilters: true });
}

function chip(property, field, { value, count }, pressed) {
	const button = make("button", "chip", property === "category" ? CATEGORIES[value] || value : value);
	button.type = "button";
	button.dataset.key = `${field}:${value}`;
	button.setAttribute("aria-pressed", String(pressed));
	if (count !== undefined) button.append(" ", make("span", "count", String(count)));
	button.addEventListener("click", () => toggleFilter(property, field, value));
	return button;
}

function showFilters(facets) {
	const focused = document.activeElement && document.activeElement.dataset.key;
	filters.textContent = "";
	for (const [property, label, field] of GROUPS) {
		const values = facets[property] || [];
		const pressed = state.filters.filter((f) => f.field === field);
		const counts = new Map(values.map(({ value, count }) => [value, count]));
		const others = values.filter(({ value }) => !pressed.some((f) => f.value === value));
		if (pressed.length === 0 && values.length < 2) continue;
		const group = make("fieldset", "group");
		group.append(make("legend", "", label));
		for (const { value } of pressed) group.append(chip(property, field, { value, count: counts.get(value) }, true));
		for (const facet of others.slice(0, CHIPS)) group.append(chip(property, field, facet, false));
		filters.append(group);
	}
	filters.hidden = filters.childElementCount === 0;
	if (focused) {
		const again = [...filters.querySelectorAll("button")].find((b) => b.dataset.key === focused);
		if (again) again.focus();
	}
}

// ---- searching

let inFlight;

function showNothing() {
	state.total = 0;
	state.pages.clear();
	filters.hidden = true;
	showStatus("Enter words describing characters.");
	newTable();
}

async function search({ keepFilters = false, remember = "replace" } = {}) {
	const asked = ++state.asked;
	findParts();
	state.query = input.value.trim();
	if (!keepFilters) state.filters = [];
	if (inFlight) inFlight.abort();
	inFlight = new AbortController();
	if (remember) history[`${remember}State`](null, "", address());
	document.title = state.query ? `${state.query} – Charfinder` : "Charfinder";
	if (!state.query) return showNothing();
	try {
		const answer = await ask(0, true, inFlight.signal);
		if (asked !== state.asked) return; // there is a later one
		state.total = answer.total;
		state.pages.clear();
		state.pages.set(0, answer.results);
		active = 0;
		showStatus(wholeStatus(answer.status));
		showFilters(answer.facets);
		newTable();
		if (scrollY > 0) scrollTo(0, 0);
	} catch (error) {
		if (asked !== state.asked || error.name === "AbortError") return;
		state.total = 0;
		state.pages.clear();
		filters.hidden = true;
		newTable();
		showStatus(error.said ? error.message : "The server cannot be reached; try again.", true);
	}
}

// Who types is looking for something, and may not know what it is called.
input.addEventListener("input", () => {
	state.mode = "wide";
	search();
});

form.addEventListener("submit", (event) => {
	event.preventDefault();
	search({ remember: "push" });
});

document.querySelector(".samples").addEventListener("click", (event) => {
	const link = event.target.closest("a");
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
	event.preventDefault();
	input.value = new URL(link.href).searchParams.get("query");
	state.mode = USUAL;
	search({ remember: "push" });
});

addEventListener("popstate", () => {
	const params = new URL(location.href).searchParams;
	if (location.pathname !== "/") return location.reload();
	input.value = params.get("query") || "";
	state.mode = params.get("mode") || USUAL;
	state.language = params.get("lang") || "";
	search({ remember: "" });
});

// ---- keys

function moveTo(number, selector) {
	if (!body) return;
	const target = Math.max(0, Math.min(state.total - 1, number));
	const head = 8;
	const top = body.getBoundingClientRect().top + target * rowHeight;
	if (top < head) scrollBy(0, top - head);
	else if (top + rowHeight > innerHeight) scrollBy(0, top + rowHeight - innerHeight + head);
	draw();
	setTabStop(target);
	const row = drawn.get(target);
	if (row) row.querySelector(selector).focus({ preventScroll: true });
}

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };

function moveInRows(event, row) {
	const selector = event.target.tagName === "A" ? "a" : "button";
	const number = Number(row.dataset.number);
	if (event.key in STEPS) {
		if (number === 0 && event.key === "ArrowUp") input.focus();
		else moveTo(number + STEPS[event.key], selector);
	} else if (event.key === "ArrowLeft") {
		row.querySelector("a").focus();
	} else if (event.key === "ArrowRight") {
		row.querySelector("button").focus();
	} else if (event.key === "Escape") {
		input.focus();
	} else {
		return;
	}
	event.preventDefault();
}

document.addEventListener("keydown", (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
	const row = event.target.closest("#results tbody tr");
	if (row && row.dataset.number) {
		moveInRows(event, row);
	} else if (event.target === input && event.key === "ArrowDown" && body) {
		moveTo(0, "button");
		event.preventDefault();
	} else if (event.target === input && event.key === "Escape" && input.value) {
		input.value = "";
		search();
		event.preventDefault();
	} else if (event.target === document.body && event.key in STEPS && body && active > 0) {
		moveTo(active + STEPS[event.key], "button"); // the row with the focus had gone out of sight
		event.preventDefault();
	} else if (event.key === "/" && event.target === document.body) {
		input.select();
		event.preventDefault();
	}
});

// ---- the details of a character

const dialog = make("dialog");
const closing = make("form");
const close = make("button", "close", "✕");
const details = make("div");
closing.method = "dialog";
close.setAttribute("aria-label", "Close");
closing.append(close);
dialog.append(closing, details);
dialog.setAttribute("aria-labelledby", "details-name");
let opener = null; // number of the row whose details are shown

async function showDetails(path) {
	try {
		const response = await fetch(path);
		const page = new DOMParser().parseFromString(await response.text(), "text/html");
		const article = page.getElementById("details");
		if (!response.ok || !article) throw new Error();
		details.replaceChildren(document.adoptNode(article));
		if (!dialog.isConnected) document.body.append(dialog);
		if (!dialog.open) dialog.showModal();
		dialog.scrollTop = 0;
	} catch {
		location.assign(path);
	}
}

// The page about one character shows its details already: there they are not in a dialog.
document.addEventListener("click", (event) => {
	const button = event.target.closest("button[data-copy]");
	const link = event.target.closest("a[href^='/char/']");
	if (button) {
		const what = button.classList.contains("copy") && button.closest("dd") ?
			button.dataset.copy : `${button.dataset.copy} to the clipboard`;
		copy(button.dataset.copy, button, what);
	} else if (link && (link.closest("#results") || link.closest("dialog")) &&
		!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
		const row = link.closest("tr");
		if (row) opener = Number(row.dataset.number);
		event.preventDefault();
		showDetails(new URL(link.href).pathname);
	} else if (event.target === dialog) {
		dialog.close(); // on the backdrop
	}
});

// The browser gives the focus back to the link, unless that has been drawn anew meanwhile. The
// event comes late, and must not take the focus from where the next key has put it.
dialog.addEventListener("close", () => {
	const row = document.activeElement === document.body && drawn.get(opener);
	if (row) row.querySelector("a").focus({ preventScroll: true });
});

// ---- the beginning

let frame = 0;
const drawSoon = () => {
	cancelAnimationFrame(frame);
	frame = requestAnimationFrame(draw);
};
addEventListener("scroll", drawSoon, { passive: true });
addEventListener("resize", drawSoon);

document.body.append(toast);
if (document.getElementById("answer")) {
	findParts();
	if (state.query && !status.classList.contains("wrong")) search({ remember: "" });
	if (!state.query) input.focus();
}
})();
