// The states of the page in the browser's history. While somebody types, or scrolls, the entry is
// written anew; some browsers allow that only a hundred times in half a minute.
import { isElsewhere, readAddress, writeAddress } from "./state.js";

const PAUSE = 500; // milliseconds between two writings

export function makeHistory(usual) {
	let state = readAddress(new URL(location.href), usual);
	let timer = 0;
	let depth = 0; // entries of details since the list was left
	let isDraft = false; // the entry is of words that are being typed

	function write() {
		timer = 0;
		const address = writeAddress(state, usual);
		if (address !== location.pathname + location.search) history.replaceState({ depth }, "", address);
	}

	function flush() {
		if (!timer) return;
		clearTimeout(timer);
		write();
	}

	function push(next) {
		flush();
		state = next;
		isDraft = false;
		const address = writeAddress(state, usual);
		if (address !== location.pathname + location.search) history.pushState({ depth }, "", address);
	}

	function replace(next) {
		state = next;
		timer ||= setTimeout(write, PAUSE);
	}

	addEventListener("pagehide", flush);
	if ("scrollRestoration" in history) history.scrollRestoration = "manual";
	depth = history.state?.depth || 0;

	return {
		state: () => state,
		push(next) {
			depth = next.char ? depth + 1 : 0;
			push(next);
		},
		replace,
		// A key has been typed: the first makes an entry, so that Back leads to what was before.
		type(next) {
			if (isDraft) return replace(next);
			depth = 0;
			push(next);
			isDraft = true;
			return undefined;
		},
		// What has been typed is meant so: no other entry than that of the typing.
		settle(next) {
			if (state.char) return push(next);
			replace(next);
			flush();
			isDraft = false;
			return undefined;
		},
		// Back to the list from its details, where they have been opened from it.
		leaveDetails() {
			flush();
			if (depth > 0) history.go(-depth);
			else push({ ...state, char: "" });
		},
		onBack(run) {
			addEventListener("popstate", (event) => {
				clearTimeout(timer);
				timer = 0;
				if (isElsewhere(new URL(location.href))) return location.reload();
				isDraft = false;
				depth = event.state?.depth || 0;
				state = readAddress(new URL(location.href), usual);
				return run(state);
			});
		},
	};
}
