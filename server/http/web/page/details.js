// The details of a character, in a dialog: the page about it, as the server writes it.
import { charPath } from "./base.js";
import { make } from "./dom.js";
import { fitGlyphs } from "./fit.js";
import { askUntilAnswered } from "./requests.js";
import { text } from "./texts.js";

const dialog = make("dialog");
const content = make("div");
const closing = make("form", "", make("button", "close", "✕"));
closing.method = "dialog";
closing.firstChild.setAttribute("aria-label", text("close"));
dialog.append(closing, content);
dialog.setAttribute("aria-labelledby", "details-name");
let shown = ""; // the character

function fillDialog(html) {
	const article = new DOMParser().parseFromString(html, "text/html").getElementById("details");
	content.replaceChildren(document.adoptNode(article));
	if (!dialog.isConnected) document.body.append(dialog);
	if (!dialog.open) dialog.showModal();
	dialog.scrollTop = 0;
	fitGlyphs(dialog);
}

// `lang`: the languages of the reader, if they have to be said.
export async function showDetails(char, lang, onTrouble) {
	const path = charPath(char);
	const address = lang ? `${path}?lang=${encodeURIComponent(lang)}` : path;
	const isWanted = () => shown === char;
	if (dialog.open && isWanted()) return;
	shown = char;
	try {
		const html = await askUntilAnswered(address, isWanted, onTrouble, (response) => response.text());
		if (html !== null && isWanted()) fillDialog(html);
		if (!shown) onTrouble("");
	} catch {
		if (isWanted()) location.assign(path); // there is none: the server says so
	}
}

export function hideDetails() {
	shown = "";
	if (dialog.open) dialog.close();
}

export const detailsAreShown = () => dialog.open;

// `run` when the reader closes the dialog, and not hideDetails().
export function onDetailsClosed(run) {
	dialog.addEventListener("close", () => { if (shown) run(); });
	dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); }); // the backdrop
}
