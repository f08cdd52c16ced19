// Small helpers for making and finding elements.

export const byId = (id) => document.getElementById(id);

// An element with a class and a text, or with other elements in it.
export function make(tag, className, ...content) {
	const element = document.createElement(tag);
	if (className) element.className = className;
	element.append(...content);
	return element;
}

export function makeButton(className, ...content) {
	const button = make("button", className, ...content);
	button.type = "button";
	return button;
}

// A click that is meant for this page, and not for another tab.
export const isPlain = (event) =>
	event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

// Runs once there has been no call for so long.
export function debounce(milliseconds, run) {
	let timer = 0;
	return () => {
		clearTimeout(timer);
		timer = setTimeout(run, milliseconds);
	};
}
