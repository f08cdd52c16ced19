// The rows of one answer, fetched a page at a time when they come in sight.
import { askUntilAnswered } from "./requests.js";

const PAGE = 100; // rows of one request
const KEPT = 60; // pages kept in memory

// The first of the two pages that hold row `from` and half a page above and below it.
const firstPage = (from) => Math.max(0, Math.floor((from - 1 - PAGE / 2) / PAGE));

// What to ask for first, where row `from` is to be the first in sight.
export const firstRows = (from) => ({ from: firstPage(from) * PAGE + 1, limit: from > 1 ? 2 * PAGE : PAGE });

// `results` are what firstRows(from) asked for.
export function makeRows(total, from, results, address, onRows, onTrouble) {
	const pages = new Map(); // number -> rows, or null while they are awaited
	let wanted = [0, 0];
	let ended = false;

	for (let n = 0, page = firstPage(from); n < results.length; n += PAGE, page++)
		pages.set(page, results.slice(n, n + PAGE));

	const isNear = (page) => page >= wanted[0] - 1 && page <= wanted[1] + 1;

	function forgetFar(page) {
		if (pages.size <= KEPT) return;
		const far = [...pages.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page));
		pages.delete(far[0]);
	}

	async function load(page) {
		pages.set(page, null);
		try {
			const answer = await askUntilAnswered(address(page * PAGE + 1, PAGE), () => !ended && isNear(page), onTrouble);
			if (answer && !ended) {
				pages.set(page, answer.results);
				forgetFar(page);
				return onRows();
			}
		} catch (error) {
			onTrouble(error.message);
		}
		pages.delete(page); // asked for again when it is in sight again
		return undefined;
	}

	return {
		total,
		at: (number) => pages.get(Math.floor(number / PAGE))?.[number % PAGE],
		want(begin, end) {
			wanted = [Math.floor(begin / PAGE), Math.floor(Math.max(begin, end - 1) / PAGE)];
			for (let page = wanted[0]; page <= wanted[1]; page++) if (!pages.has(page)) load(page);
		},
		end() { ended = true; },
	};
}
