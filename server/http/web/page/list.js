// The rows of an answer as a table or as a grid of tiles. All lines are of one height. Up to WHOLE
// rows are all in the document, for the browser to find, print and read out; of more only those
// around what is seen, and the space of the others.
import { base, charPath } from "./base.js";
import { byId, debounce, make, makeButton } from "./dom.js";
import { fitGlyphs } from "./fit.js";
import { pageLanguage, text } from "./texts.js";

const WHOLE = 500;
const MARGIN = 10; // lines drawn beyond what is seen
const LINE = { list: 4, grid: 4.25 }; // height, in rem
const TILE = 4.25; // width at least, in rem

const number = (n) => n.toLocaleString(pageLanguage);

// ---- one row, and one tile

function makeRow() {
	const row = make("tr", "loading");
	const link = make("a", "", "…");
	const button = makeButton("glyph-button", make("span", "glyph", "…"));
	for (const [name, ...content] of [["code", link], ["char", button], ["name", make("span", "text", text("loading")), make("small")]])
		row.append(make("td", name, make("div", "cell", ...content)));
	link.href = `${base}/`;
	return row;
}

function makeTile() {
	const tile = make("div", "tile loading", makeButton("glyph-button", make("span", "glyph", "…"), make("span", "code", "…")));
	tile.setAttribute("role", "listitem");
	return tile;
}

export function fillGlyph(glyph, facts) {
	glyph.textContent = facts.shown;
	glyph.lang = document.body.dataset.glyphs || "en";
	glyph.classList.toggle("boxed", facts.boxed);
}

function fill(element, facts) {
	const button = element.querySelector("button");
	const link = element.querySelector("a");
	element.classList.remove("loading");
	fillGlyph(element.querySelector(".glyph"), facts);
	button.dataset.codes = facts.code;
	button.dataset.name = facts.name;
	button.dataset.shown = facts.shown;
	if (facts.entity) button.dataset.entity = facts.entity;
	button.title = facts.name;
	button.setAttribute("aria-label", text("copyName", facts));
	if (!link) {
		element.querySelector(".code").textContent = facts.codes.length > 1 ? `${facts.codes[0]}…` : facts.code;
		return;
	}
	link.href = charPath(facts.codes.join("-"));
	link.textContent = facts.code;
	element.querySelector(".text").textContent = facts.name;
	element.querySelector(".text").title = facts.name;
	if (facts.through) Object.assign(element.querySelector("small"), { textContent: facts.through.text, lang: facts.through.language });
}

// ---- what holds them

function makeSpace(view) {
	const space = make(view === "grid" ? "div" : "tr", "space");
	space.setAttribute("role", "presentation");
	space.setAttribute("aria-hidden", "true");
	if (view !== "grid") {
		const cell = make("td");
		cell.colSpan = 3;
		space.append(cell);
	}
	return space;
}

function makeTable(total) {
	const head = make("tr");
	for (const name of ["code", "character", "name"]) {
		const cell = make("th", "", text(name));
		cell.scope = "col";
		head.append(cell);
	}
	head.setAttribute("aria-rowindex", "1");
	const body = make("tbody");
	body.lang = "en";
	const table = make("table", "", make("caption", "hidden", text("found")), make("thead", "", head), body);
	table.setAttribute("aria-rowcount", String(total + 1));
	return [table, body];
}

function makeGrid() {
	const grid = make("div", "tiles");
	grid.setAttribute("role", "list");
	grid.setAttribute("aria-label", text("found"));
	return [grid, grid];
}

// ---- the list

// Calls `onFirst` with the number of the first row in sight, from 0, when that has changed.
export function makeList({ onFirst }) {
	const position = make("p");
	const drawn = new Map(); // number -> element
	let holder, rows, view, body, before, after;
	let active = 0; // the row that Tab reaches
	let columns = 1;
	let height = 64; // of a line
	let whole = false; // all rows are to be drawn
	let first = 0;
	let frame = 0;
	position.id = "position";

	function measure() {
		const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
		height = Math.round(LINE[view] * rem);
		columns = view === "grid" ? Math.max(1, Math.floor(body.clientWidth / (TILE * rem))) : 1;
		document.documentElement.style.setProperty("--line", `${height}px`);
		document.documentElement.style.setProperty("--columns", columns);
	}

	const setTabStop = (element, can) => {
		for (const control of element.querySelectorAll("a, button")) control.tabIndex = can ? 0 : -1;
	};

	function makeActive(n) {
		if (drawn.has(active)) setTabStop(drawn.get(active), false);
		active = n;
		if (drawn.has(active)) setTabStop(drawn.get(active), true);
	}

	function drawOne(n, place) {
		let element = drawn.get(n);
		if (!element) {
			element = view === "grid" ? makeTile() : makeRow();
			element.dataset.number = String(n);
			element.setAttribute(view === "grid" ? "aria-posinset" : "aria-rowindex", String(view === "grid" ? n + 1 : n + 2));
			if (view === "grid") element.setAttribute("aria-setsize", String(rows.total));
			setTabStop(element, n === active);
			drawn.set(n, element);
			place.after(element);
		}
		const facts = element.classList.contains("loading") && rows.at(n);
		if (facts) fill(element, facts);
		return element;
	}

	// Rows in sight, from the first to before the last.
	function inSight() {
		const top = body.getBoundingClientRect().top;
		const line = Math.max(0, Math.floor(-top / height));
		const end = Math.max(line + 1, Math.ceil((innerHeight - top) / height));
		return [Math.min(rows.total - 1, line * columns), Math.min(rows.total, end * columns)];
	}

	function showPosition(begin, end, drawnFrom, drawnTo) {
		position.hidden = rows.total <= WHOLE;
		if (position.hidden) return;
		const words = text("rowOf", { row: number(begin + 1), total: number(rows.total) });
		if (position.firstChild?.textContent !== words)
			position.replaceChildren(make("span", "", words), make("span", "printed",
				text("printed", { first: number(drawnFrom + 1), last: number(drawnTo) })));
	}

	const fetch = () => {
		if (body) rows.want(...(whole ? [0, rows.total] : inSight()));
	};
	const fetchSoon = debounce(200, fetch);

	const tellFirst = debounce(400, () => {
		if (body) onFirst(first);
	});

	// When what is drawn has been seen: measuring takes longer than drawing.
	const fitSoon = debounce(50, () => {
		if (body) fitGlyphs(body);
	});

	function draw() {
		if (!body) return;
		const [begin, end] = inSight();
		const margin = MARGIN * columns;
		const from = whole ? 0 : Math.max(0, begin - margin);
		const to = whole ? rows.total : Math.min(rows.total, end + margin);
		for (const [n, element] of drawn) {
			if (n >= from && n < to) continue;
			element.remove();
			drawn.delete(n);
		}
		let place = before;
		for (let n = from; n < to; n++) place = drawOne(n, place);
		if (!drawn.has(active)) makeActive(begin); // what Tab reaches must be there
		(before.firstChild || before).style.height = `${Math.floor(from / columns) * height}px`;
		(after.firstChild || after).style.height = `${(Math.ceil(rows.total / columns) - Math.ceil(to / columns)) * height}px`;
		showPosition(begin, end, from, to);
		fitSoon();
		// who drags the scroll bar does not want what flies past
		if (Math.abs(begin - first) > 60 * columns) fetchSoon();
		else fetch();
		first = begin;
		tellFirst();
	}

	// The first rows at once, the others of a short list when it has stood for a while.
	const drawWhole = debounce(200, () => {
		if (!body || rows.total > WHOLE) return;
		whole = true;
		draw();
	});

	function drawSoon() {
		cancelAnimationFrame(frame);
		frame = requestAnimationFrame(draw);
	}

	function relayout() {
		if (!body) return;
		const stays = first;
		const lines = [height, columns];
		measure();
		if (lines[0] !== height || lines[1] !== columns) {
			for (const element of drawn.values()) element.remove();
			drawn.clear();
			if (stays > 0) scrollToRow(stays);
		}
		drawSoon();
	}

	function scrollToRow(n) {
		const top = body.getBoundingClientRect().top + Math.floor(n / columns) * height;
		scrollBy(0, top);
		draw();
	}

	addEventListener("scroll", drawSoon, { passive: true });
	addEventListener("resize", relayout);

	return {
		show(into, newRows, newView, from) {
			if (rows) rows.end();
			[holder, rows, view, active, whole, first] = [into, newRows, newView, 0, false, from - 1];
			drawn.clear();
			body = null;
			if (rows.total === 0) return holder.replaceChildren();
			const [table, inner] = view === "grid" ? makeGrid() : makeTable(rows.total);
			table.id = "results";
			body = inner;
			before = makeSpace(view);
			after = makeSpace(view);
			body.append(before, after);
			holder.replaceChildren(table, position);
			measure();
			active = Math.min(from, rows.total) - 1;
			draw();
			if (from > 1) scrollToRow(from - 1);
			else if (scrollY > 0) scrollTo(0, 0);
			return drawWhole();
		},
		redraw: draw,
		// Leads the focus to a row, to what in it is named so.
		focus(n, selector) {
			if (!body) return;
			const target = Math.max(0, Math.min(rows.total - 1, n));
			const top = body.getBoundingClientRect().top + Math.floor(target / columns) * height;
			const bottom = innerHeight - byId("bottom").offsetHeight;
			if (top < 8) scrollBy(0, top - 8);
			else if (top + height > bottom) scrollBy(0, top + height - bottom + 8);
			draw();
			makeActive(target);
			drawn.get(target)?.querySelector(selector).focus({ preventScroll: true });
		},
		active: () => active,
		isEmpty: () => !body,
		columns: () => columns,
		linesInSight: () => Math.max(1, Math.floor(innerHeight / height) - 2),
		factsOf: (element) => {
			const row = element.closest("[data-number]");
			return row ? rows?.at(Number(row.dataset.number)) : undefined;
		},
	};
}
