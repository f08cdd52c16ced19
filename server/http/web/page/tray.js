// What has been copied last, kept in this browser only: at hand again, several together, and what
// is pinned stays.
import { byId, make, makeButton } from "./dom.js";
import { copyText } from "./copy.js";
import { codesOf, FORMATS } from "./formats.js";
import { text } from "./texts.js";

const KEY = "charfinder.tray";
const MOST = 24;

function read() {
	try {
		const kept = JSON.parse(localStorage.getItem(KEY));
		return Array.isArray(kept) ? kept.filter(({ codes, name, shown }) => codes && name && shown) : [];
	} catch {
		return [];
	}
}

let items = read(); // [{ codes, name, shown, entity, pinned }], the newest first

function write(next) {
	items = next;
	try {
		localStorage.setItem(KEY, JSON.stringify(items));
	} catch {
		// the browser keeps nothing: then the tray lasts as long as the page
	}
	draw();
}

const textOf = ({ codes }) => FORMATS.Character(codesOf(codes));

function makeItem(item) {
	const button = makeButton("glyph-button", make("span", "glyph", item.shown));
	const pin = makeButton("pin", item.pinned ? "★" : "☆");
	button.setAttribute("aria-label", text("copyName", item));
	button.title = item.name;
	button.dataset.codes = item.codes;
	button.dataset.name = item.name;
	button.dataset.shown = item.shown;
	if (item.entity) button.dataset.entity = item.entity;
	pin.setAttribute("aria-label", text("keep", item));
	pin.setAttribute("aria-pressed", String(Boolean(item.pinned)));
	pin.addEventListener("click", () => {
		write(items.map((other) => (other.codes === item.codes ? { ...other, pinned: !other.pinned } : other)));
		[...byId("tray").querySelectorAll(".glyph-button")]
			.find(({ dataset }) => dataset.codes === item.codes)?.nextSibling.focus();
	});
	return make("li", "", button, pin);
}

function draw() {
	const tray = byId("tray");
	tray.hidden = items.length === 0;
	if (tray.hidden) return;
	const all = makeButton("quiet", text("copyAll"));
	const clear = makeButton("quiet", text("clear"));
	all.addEventListener("click", () => copyText(items.map(textOf).join(""), text("characters", { count: items.length }), all));
	clear.addEventListener("click", () => write(items.filter(({ pinned }) => pinned)));
	tray.replaceChildren(make("span", "legend", text("copied")), make("ul", "", ...items.map(makeItem)), all, clear);
}

export function addToTray(character) {
	const pinned = items.some(({ codes, pinned: is }) => is && codes === character.codes);
	const others = items.filter(({ codes }) => codes !== character.codes);
	const kept = [{ ...character, pinned }, ...others];
	write(kept.filter((item, n) => n < MOST || item.pinned));
}

export function makeTray() {
	const tray = make("section");
	tray.id = "tray";
	tray.setAttribute("aria-label", text("tray"));
	byId("bottom").append(tray);
	draw();
}
