// The page of charfinder: results while you type, rows as you scroll, keys, copying, details.
// Without it the page is complete; with it, the list is drawn anew from the API.
import { base, charPath } from "./base.js";
import { showChips } from "./chips.js";
import { copyCharacter, copyText } from "./copy.js";
import { detailsAreShown, hideDetails, onDetailsClosed, showDetails } from "./details.js";
import { byId, isPlain, make, makeButton } from "./dom.js";
import { fitGlyphs } from "./fit.js";
import { FORMATS } from "./formats.js";
import { showHelp } from "./help.js";
import { makeHistory } from "./history.js";
import { fillGlyph, makeList } from "./list.js";
import { askAgainLater, onOnline, startWorker, stopAsking } from "./offline.js";
import { makeSearcher } from "./requests.js";
import { firstRows, makeRows } from "./rows.js";
import { isBlank, joinLanguages, readAddress, sameSearch, writeAddress, writeRequest } from "./state.js";
import { pageLanguage, text, wordsOf } from "./texts.js";
import { addToTray, makeTray } from "./tray.js";

const input = byId("query");
const form = byId("search");
const usual = { mode: document.body.dataset.usualMode, lang: document.body.dataset.usualLanguages };
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

function showStatus(words, language = pageLanguage, isWrong = false) {
	const status = byId("status");
	status.classList.toggle("wrong", isWrong);
	status.lang = language;
	if (status.textContent !== words) status.textContent = words;
}

function clear() {
	for (const id of ["help", "filters", "answer"]) byId(id).replaceChildren();
}

// The library's in English, but for which rows they are: here all are one page.
function statusOf({ status, total, query }) {
	if (pageLanguage === "en") return status.replace(/^\d+(?:-\d+)? of (?=\d)/, "");
	return text(total > 0 ? "status" : "noMatch", { total, query: query.trim() });
}

// ---- the toolbar: how rows are shown, and copied

function makeFormats() {
	const labels = { Character: text("character"), Decimal: text("decimal"), "Code point": text("codePoint") };
	const select = make("select");
	for (const name of Object.keys(FORMATS)) select.add(new Option(labels[name] || name, name));
	select.id = "format";
	return make("label", "", `${text("copyAs")} `, select);
}

const viewButtons = ["list", "grid"].map((view) => {
	const button = makeButton("quiet", text(view));
	button.addEventListener("click", () => go({ ...entry.state(), view }));
	return button;
});
const toolbar = make("div", "", ...viewButtons, makeFormats());
toolbar.id = "toolbar";

const bottom = make("div");
bottom.id = "bottom";
const preview = make("aside");
preview.id = "preview";
preview.setAttribute("aria-label", text("preview"));
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
	link.href = charPath(facts.codes.join("-"));
	fillGlyph(big.firstChild, facts);
	preview.replaceChildren(big, make("p", "code", link), make("p", "", facts.name), make("p", "soft", facts.block));
	fitGlyphs(preview);
}

// What helps where there is nothing yet, "blank", where there are "rows", "none", or where something is "wrong".
function showAids(where) {
	byId("samples").hidden = where !== "blank";
	if (byId("start")) byId("start").hidden = where === "rows";
	toolbar.hidden = where !== "rows";
}

// ---- searching

const trouble = make("p");
trouble.id = "trouble";
trouble.setAttribute("role", "status");
let busyTimer = 0;

function showTrouble(words) {
	if (trouble.textContent !== words) trouble.textContent = words;
}

const searcher = makeSearcher({
	onAnswer(answer, state) {
		stopAsking();
		const address = (from, limit) => writeRequest(state, { from, limit, facets: false });
		const rows = makeRows(answer.total, state.from, answer.results, address, () => list.redraw(), showTrouble);
		answered = state;
		showTrouble(answer.offline ? text("offline") : "");
		if (answer.offline) askAgainLater(again);
		showStatus(statusOf(answer));
		showAids(answer.total > 0 ? "rows" : "none");
		showHelp(byId("help"), state, usual, answer);
		showChips(byId("filters"), state, usual, answer.facets);
		list.show(byId("answer"), rows, entry.state().view, state.from);
		showPreview(rows.at(state.from - 1));
	},
	onRefusal(problem) {
		showStatus(...wordsOf(problem), true);
		showAids("wrong");
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

const ask = (state) => searcher.ask(writeRequest(state, { ...firstRows(state.from), facets: true }), state);

// What was answered offline, if it is still what is asked for.
function again() {
	const state = entry.state();
	if (answered && !isBlank(state) && !state.char) ask(state);
}
onOnline(again);

function showNothing() {
	stopAsking();
	searcher.forget();
	answered = null;
	clear();
	showStatus(text("enterWords"));
	showAids("blank");
}

// Makes the page what the state says.
function show(state) {
	const blank = isBlank(state);
	document.title = blank ? "Charfinder" : `${state.query} – Charfinder`;
	if (input.value !== state.query) input.value = state.query;
	if (state.char) return showDetails(state.char, state.lang === usual.lang ? "" : state.lang || "en", showTrouble);
	hideDetails();
	findParts();
	showView(blank ? "list" : state.view);
	if (blank) return showNothing();
	if (answered && sameSearch(answered, state) && answered.view === state.view) return undefined;
	return ask(state);
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

// Another language is another page.
function changeLanguages() {
	const lang = joinLanguages(new FormData(form).getAll("lang"));
	if (lang === entry.state().lang) return false;
	location.assign(writeAddress({ ...entry.state(), lang, query: input.value, typing: false, from: 1 }, usual));
	return true;
}

form.addEventListener("submit", (event) => {
	event.preventDefault();
	if (changeLanguages()) return;
	if (input.value === entry.state().query) entry.settle({ ...entry.state(), typing: false, char: "" });
	else entry.push(searchFor(input.value));
	show(entry.state());
});

byId("lang").addEventListener("change", changeLanguages);
byId("more-languages").addEventListener("toggle", ({ target }) => { if (!target.open) changeLanguages(); });
document.addEventListener("pointerdown", ({ target }) => { if (!target.closest("#more-languages")) byId("more-languages").open = false; });

entry.onBack((state) => show(state));

// ---- clicks

function followLink(link) {
	const url = new URL(link.href);
	const state = entry.state();
	const next = readAddress(url, usual);
	if (link.matches(".chip, #help a")) go({ ...next, view: state.view });
	else if (next.char) go({ ...state, char: next.char });
	else go({ ...next, lang: state.lang, view: link.matches(".gallery a") ? next.view : state.view });
}

const LINKS = `.chip, #samples a, #start a[href^="${base}/?"], #help a, #results a, #preview a, dialog .facts a, dialog a[href^="${charPath("")}"]`;

document.addEventListener("click", (event) => {
	const button = event.target.closest("button[data-codes], button[data-copy]");
	const link = event.target.closest(LINKS);
	if (button?.dataset.codes) {
		const { codes, name, shown, entity } = button.dataset;
		copyCharacter({ codes, name, shown, entity }, button);
		addToTray({ codes, name, shown, entity });
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
new ResizeObserver(() => document.documentElement.style.setProperty("--bottom", `${bottom.offsetHeight}px`)).observe(bottom);
makeTray();
startWorker();
fitGlyphs(byId("main"));
if (byId("answer")) {
	byId("status").after(toolbar);
	const state = entry.state();
	if (byId("status").classList.contains("wrong")) {
		showView("list");
		showAids("wrong");
	} else {
		show(state);
	}
	if (isBlank(state)) input.focus();
}
