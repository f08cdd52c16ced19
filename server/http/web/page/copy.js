// Copies text, and says what has been copied.
import { byId, make } from "./dom.js";
import { FORMATS, codesOf } from "./formats.js";

const toast = make("div");
toast.id = "toast";
toast.setAttribute("role", "status");
let toastTimer = 0;

// A modal dialog makes all that is outside of it inert.
const inFront = () => document.querySelector("dialog[open]") || document.body;

export function say(text) {
	inFront().append(toast);
	toast.textContent = text;
	toast.classList.add("shown");
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => toast.classList.remove("shown"), 2500);
}

// Where the page is not from a secure origin there is no clipboard.
function copyByCommand(text) {
	const area = make("textarea", "hidden");
	const focused = document.activeElement;
	area.value = text;
	inFront().append(area);
	area.select();
	const done = document.execCommand("copy");
	area.remove();
	if (focused) focused.focus({ preventScroll: true });
	return done;
}

export async function copyText(text, what, button) {
	let done = false;
	try {
		await navigator.clipboard.writeText(text);
		done = true;
	} catch {
		done = copyByCommand(text);
	}
	if (!done) return say("Your browser does not let this page copy");
	if (button) {
		button.classList.add("copied");
		setTimeout(() => button.classList.remove("copied"), 1500);
	}
	return say(`Copied ${what}`);
}

// In the form that has been chosen. `character` is { codes, shown, name }, codes as text.
export function copyCharacter(character, button) {
	const codes = codesOf(character.codes);
	const format = byId("format")?.value || "Character";
	if (codes.some((code) => code >= 0xd800 && code <= 0xdfff) && format === "Character")
		return say(`${character.name} is half of a character, and cannot be copied`);
	const text = FORMATS[format](codes);
	return copyText(text, format === "Character" ? `${character.shown} ${character.name}` : text, button);
}
