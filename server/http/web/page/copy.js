// Copies text, and says what has been copied.
import { byId, make } from "./dom.js";
import { FORMATS, codesOf } from "./formats.js";
import { text } from "./texts.js";

const toast = make("div");
toast.id = "toast";
toast.setAttribute("role", "status");
let toastTimer = 0;

// A modal dialog makes all that is outside of it inert.
const inFront = () => document.querySelector("dialog[open]") || document.body;

function say(words) {
	inFront().append(toast);
	toast.textContent = words;
	toast.classList.add("shown");
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => toast.classList.remove("shown"), 2500);
}

// Where the page is not from a secure origin there is no clipboard.
function copyByCommand(string) {
	const area = make("textarea", "hidden");
	const focused = document.activeElement;
	area.value = string;
	inFront().append(area);
	area.select();
	const done = document.execCommand("copy");
	area.remove();
	if (focused) focused.focus({ preventScroll: true });
	return done;
}

export async function copyText(string, what, button) {
	let done = false;
	try {
		await navigator.clipboard.writeText(string);
		done = true;
	} catch {
		done = copyByCommand(string);
	}
	if (!done) return say(text("cannotCopy"));
	if (button) {
		button.classList.add("copied");
		setTimeout(() => button.classList.remove("copied"), 1500);
	}
	return say(text("copiedName", { what }));
}

// In the form that has been chosen. `character` is { codes, shown, name, entity }, codes as text.
export function copyCharacter(character, button) {
	const codes = codesOf(character.codes);
	const format = byId("format")?.value || "Character";
	if (codes.some((code) => code >= 0xd800 && code <= 0xdfff) && format === "Character")
		return say(text("half", character));
	const string = FORMATS[format](codes, character.entity);
	return copyText(string, format === "Character" ? `${character.shown} ${character.name}` : string, button);
}
