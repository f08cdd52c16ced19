// The details of a character, in a dialog: the page about it, as the server writes it.
import { charPath } from "./base.js";
import { make } from "./dom.js";
import { text } from "./texts.js";

const dialog = make("dialog");
const content = make("div");
const closing = make("form", "", make("button", "close", "✕"));
closing.method = "dialog";
closing.firstChild.setAttribute("aria-label", text("close"));
dialog.append(closing, content);
dialog.setAttribute("aria-labelledby", "details-name");
let shown = ""; // the character

// `lang`: the languages of the reader, if they have to be said.
export async function showDetails(char, lang) {
	const path = charPath(char);
	if (dialog.open && shown === char) return;
	shown = char;
	try {
		const response = await fetch(lang ? `${path}?lang=${encodeURIComponent(lang)}` : path);
		const page = new DOMParser().parseFromString(await response.text(), "text/html");
		const article = page.getElementById("details");
		if (!response.ok || !article) throw new Error();
		if (shown !== char) return;
		content.replaceChildren(document.adoptNode(article));
		if (!dialog.isConnected) document.body.append(dialog);
		if (!dialog.open) dialog.showModal();
		dialog.scrollTop = 0;
	} catch {
		if (shown === char) location.assign(path); // let the browser say what is wrong
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
