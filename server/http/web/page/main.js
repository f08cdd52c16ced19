// The page of charfinder: results while you type, rows as you scroll, keys, copying, details.
// Without it the page is complete; with it, the list is drawn anew from the API.
import { showChips } from "./chips.js";
import { copyCharacter, copyText } from "./copy.js";
import { detailsAreShown, hideDetails, onDetailsClosed, showDetails } from "./details.js";
import { byId, isPlain, make, makeButton } from "./dom.js";
import { FORMATS } from "./formats.js";
import { showHelp } from "./help.js";
import { makeHistory } from "./history.js";
import { usualLanguage } from "./languages.js";
import { fillGlyph, makeList } from "./list.js";
import { askAgainLater, onOnline, startWorker, stopAsking } from "./offline.js";
import { makeSearcher } from "./requests.js";
import { makeRows, PAGE } from "./rows.js";
import { isBlank, readAddress, sameSearch, writeRequest } from "./state.js";
import { addToTray, makeTray } from "./tray.js";

const input = byId("query");
const language = byId("lang");
const usual = { mode: document.body.dataset.usualMode, lang: usualLanguage(language) };
const entry = makeHistory(usual);
const list = makeList({
	onFirst: (first) => {
		if (!entry.state().char) entry.replace({ ...entry.state(), from: first + 1 });
	},
});
let answered = null; // the state whose rows are shown

// ---- the parts that a search fills; a page about one character has none of them

function findParts() {
	if (byId("answer")) return;
	const parts = ["p", "p", "div", "div"].map((tag) => make(tag));
	["status", "help", "filters", "answer"].forEach((id, n) => { parts[n].id = id; });
	parts[0].setAttribute("role", "status");
	byId("main").replaceChildren(make("div", "bar", parts[0], toolbar), ...parts.slice(1));
}

function showStatus(text, isWrong) {
	const status = byId("status");
	status.classList.toggle("wrong", Boolean(isWrong));
	if (status.textContent !== text) status.textContent = text;
}

function clear() {
	for (const id of ["help", "filters", "answer"]) byId(id).replaceChildren();
}

// The status of a page of rows says which; here all are one.
const wholeStatus = (text) => text.replace(/^\d+(?:-\d+)? of (?=\d)/, "");

// ---- the toolbar: how rows are shown, and copied

function makeFormats() {
	const select = make("select", "", ...Object.keys(FORMATS).map((name) => make("option", "", name)));
	select.id = "format";
	return make("label", "", "Copy as ", select);
}

const viewButtons = ["list", "grid"].map((view) => {
	const button = makeButton("quiet", view === "list" ? "List" : "Grid");
	button.addEventListener("click", () => go({ ...entry.state(), view }));
	return button;
});
const toolbar = make("div", "", ...viewButtons, makeFormats());
toolbar.id = "toolbar";

const bottom = make("div");
bottom.id = "bottom";
const preview = make("aside");
preview.id = "preview";
preview.setAttribute("aria-label", "The character in large");
preview.hidden = true;

function showView(view) {
	viewButtons.forEach((button, n) => button.setAttribute("aria-pressed", String((n === 1) === (view === "grid"))));
	document.documentElement.classList.toggle("grid", view === "grid");
	preview.hidden = view !== "grid";
	if (preview.hidden) preview.replaceChildren();
}

function showPreview(facts) {
	if (preview.hidden || !facts) return;
	const big = make("div", "big", make("span", "glyph"));
	const link = make("a", "", facts.code);
	link.href = `/char/${facts.codes.join("-")}`;
	fillGlyph(big.firstChild, facts);
	preview.replaceChildren(big, make("p", "code", link), make("p", "", facts.name), make("p", "soft", facts.block));
}

// ---- searching

const trouble = make("p");
trouble.id = "trouble";
trouble.setAttribute("role", "status");
let busyTimer = 0;

function showTrouble(text) {
	if (trouble.textContent !== text) trouble.textContent = text;
}

const searcher = makeSearcher({
	onAnswer(answer, state) {
		stopAsking();
		const address = (from, limit) => writeRequest(state, { from, limit, facets: false });
		const rows = makeRows(answer.total, answer.results, address, () => list.redraw(), showTrouble);
		answered = state;
		showTrouble(answer.offline ? "The server cannot be reached. Only names are searched." : "");
		if (answer.offline) askAgainLater(again);
		showStatus(wholeStatus(answer.status));
		showHelp(byId("help"), state, usual, answer);
		showChips(byId("filters"), state, usual, answer.facets);
		list.show(byId("answer"), rows, entry.state().view, state.from);
		showPreview(answer.results[0]);
	},
	onRefusal(message) {
		showStatus(message, true);
		clear();
		answered = null;
	},
	onTrouble: showTrouble,
	onBusy(isBusy) {
		clearTimeout(busyTimer);
		if (!isBusy) return byId("status").classList.remove("busy");
		busyTimer = setTimeout(() => byId("status").classList.add("busy"), 300);
		return undefined;
	},
});

// What was answered offline, if it is still what is asked for.
function again() {
	const state = entry.state();
	if (answered && !isBlank(state) && !state.char) searcher.ask(writeRequest(state, { from: 1, limit: PAGE, facets: true }), state);
}
onOnline(again);

function showNothing() {
	stopAsking();
	searcher.forget();
	answered = null;
	clear();
	showStatus("Enter words describing characters.");
}

// Makes the page what the state says.
function show(state) {
	const blank = isBlank(state);
	document.title = blank ? "Charfinder" : `${state.query} – Charfinder`;
	if (input.value !== state.query) input.value = state.query;
	language.value = state.lang;
	if (state.char) return showDetails(state.char, state.lang);
	hideDetails();
	findParts();
	byId("samples").hidden = !blank;
	toolbar.hidden = blank;
	showView(blank ? "list" : state.view);
	if (blank) return showNothing();
	if (answered && sameSearch(answered, state) && answered.view === state.view) return undefined;
	return searcher.ask(writeRequest(state, { from: 1, limit: PAGE, facets: true }), state);
}

function go(next) {
	entry.push(next);
	show(entry.state());
}

// A search for other words than before.
const searchFor = (query, more) => ({ ...entry.state(), query, typing: false, filters: [], from: 1, char: "", ...more });

// Who types is looking for something, and may not know what it is called.
input.addEventListener("input", () => {
	entry.type(searchFor(input.value, { mode: "wide", typing: true }));
	show(entry.state());
});

byId("search").addEventListener("submit", (event) => {
	event.preventDefault();
	if (input.value === entry.state().query) entry.settle({ ...entry.state(), typing: false, char: "" });
	else entry.push(searchFor(input.value));
	show(entry.state());
});

language.addEventListener("change", () => go({ ...entry.state(), lang: language.value, from: 1, char: "" }));

entry.onBack((state) => show(state));

// ---- clicks

function followLink(link) {
	const url = new URL(link.href);
	const state = entry.state();
	const next = readAddress(url, usual);
	if (link.matches(".chip, #help a")) go({ ...next, view: state.view });
	else if (next.char) go({ ...state, char: next.char });
	else go({ ...next, lang: state.lang, view: state.view });
}

const LINKS = ".chip, #samples a, #help a, #results a, #preview a, dialog a[href^='/char/']";

document.addEventListener("click", (event) => {
	const button = event.target.closest("button[data-codes], button[data-copy]");
	const link = event.target.closest(LINKS);
	if (button?.dataset.codes) {
		const { codes, name, shown } = button.dataset;
		copyCharacter({ codes, name, shown }, button);
		addToTray({ codes, name, shown });
	} else if (button) {
		copyText(button.dataset.copy, button.dataset.copy, button);
	} else if (link && isPlain(event)) {
		event.preventDefault();
		followLink(link);
	}
});

for (const name of ["focusin", "mouseover"])
	document.addEventListener(name, (event) => {
		if (!preview.hidden && event.target.closest(".tile")) showPreview(list.factsOf(event.target));
	});

// ---- keys

function stepOf(key) {
	const page = list.linesInSight() * list.columns();
	const steps = { ArrowDown: list.columns(), ArrowUp: -list.columns(), PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
	if (list.columns() > 1) Object.assign(steps, { ArrowLeft: -1, ArrowRight: 1 });
	return steps[key];
}

function moveInRows(event, row) {
	const number = Number(row.dataset.number);
	const step = stepOf(event.key);
	if (step !== undefined) {
		if (event.key === "ArrowUp" && number + step < 0) input.focus();
		else list.focus(number + step, event.target.matches("a") ? "a" : "button");
	} else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
		row.querySelector(event.key === "ArrowLeft" ? "a" : "button")?.focus();
	} else if (event.key === "Escape") {
		input.focus();
	} else {
		return;
	}
	event.preventDefault();
}

document.addEventListener("keydown", (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || detailsAreShown()) return;
	const row = event.target.closest("#results [data-number]");
	if (row) return moveInRows(event, row);
	if (event.target === input && event.key === "ArrowDown" && !list.isEmpty()) {
		list.focus(0, "button");
	} else if (event.target === input && event.key === "Escape" && input.value) {
		input.value = "";
		go(searchFor(""));
	} else if (event.target === document.body && stepOf(event.key) !== undefined && list.active() > 0) {
		list.focus(list.active() + stepOf(event.key), "button"); // the row with the focus had gone out of sight
	} else if (event.key === "/" && event.target === document.body) {
		input.select();
	} else {
		return undefined;
	}
	return event.preventDefault();
});

// The browser gives the focus back to the link, unless that has been drawn anew meanwhile.
onDetailsClosed(() => entry.leaveDetails());

// ---- the beginning

document.documentElement.classList.add("js");
byId("main").before(trouble);
bottom.append(preview);
byId("main").after(bottom);
makeTray();
startWorker();
if (byId("answer")) {
	byId("status").after(toolbar);
	const state = entry.state();
	if (byId("status").classList.contains("wrong")) {
		showView("list");
		byId("samples").hidden = true;
	} else {
		show(state);
	}
	if (isBlank(state)) input.focus();
}
