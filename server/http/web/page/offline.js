// The service worker, which answers by names alone when the server cannot be reached.

import { base } from "./base.js";

const AGAIN = 10000; // milliseconds until the server is asked again
let timer = 0;

export function startWorker() {
	navigator.serviceWorker?.register(`${base}/worker.js`).catch(() => {}); // not from an insecure origin
}

export function stopAsking() {
	clearTimeout(timer);
	timer = 0;
}

// Runs as soon as the server may be there again.
export function askAgainLater(run) {
	stopAsking();
	timer = setTimeout(run, AGAIN);
}

export function onOnline(run) {
	addEventListener("online", () => { if (timer) run(); });
}
