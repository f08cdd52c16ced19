// What has been copied last, kept in this browser only: at hand again, several together, and what
// is pinned stays.
import { byId, make, makeButton } from "./dom.js";
import { copyText } from "./copy.js";
import { codesOf, FORMATS } from "./formats.js";

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

let items = read(); // [{ codes, name, shown, pinned }], the newest first

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
	button.setAttribute("aria-label", `Copy ${item.name}`);
	button.title = item.name;
	button.dataset.codes = item.codes;
	button.dataset.name = item.name;
	button.dataset.shown = item.shown;
	pin.setAttribute("aria-label", `Keep ${item.name}`);
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
	const all = makeButton("quiet", "Copy all");
	const clear = makeButton("quiet", "Clear");
	all.addEventListener("click", () => copyText(items.map(textOf).join(""), `${items.length} characters`, all));
	clear.addEventListener("click", () => write(items.filter(({ pinned }) => pinned)));
	tray.replaceChildren(make("span", "legend", "Copied"), make("ul", "", ...items.map(makeItem)), all, clear);
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
	tray.setAttribute("aria-label", "What was copied last");
	byId("bottom").append(tray);
	draw();
}
