// Asks the server, again if it must be. Of searches the newest answer that has come is shown, also
// while newer ones are awaited: whoever types over a slow line sees where the words lead.

import { text } from "./texts.js";

const PATIENCE = 20000; // milliseconds until a request is given up and made again
const AT_ONCE = 4; // searches under way; of those that wait only the newest is asked
const PAUSES = [400, 800, 1600, 3000];

// Something that asking again does not help: `problem` says what is wrong (RFC 9457).
class Refused extends Error {
	constructor(problem) {
		super(problem.detail);
		this.problem = problem;
	}
}

const readJson = (response) => response.json();

async function fetchOnce(url, read) {
	const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
	const answer = await read(response);
	if (response.ok) return answer;
	if (response.status === 429 || response.status >= 500) throw new Error(answer.detail);
	throw new Refused(answer);
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

// The answer, however long it takes, or null as soon as it is no longer wanted. `onTrouble` is
// told of each failure, in words, and "" when it is over; `read` takes the answer from a response.
export async function askUntilAnswered(url, isWanted, onTrouble, read = readJson) {
	for (let failures = 0; isWanted(); failures++) {
		try {
			const answer = await fetchOnce(url, read);
			if (failures > 0) onTrouble("");
			return answer;
		} catch (error) {
			if (error instanceof Refused) throw error;
			if (!isWanted()) return null;
			onTrouble(text("noAnswer"));
			await pause(PAUSES[Math.min(failures, PAUSES.length - 1)]);
		}
	}
	return null;
}

// Searches: only the newest asked for is asked again if it fails.
export function makeSearcher({ onAnswer, onRefusal, onTrouble, onBusy }) {
	let asked = 0;
	let shown = 0;
	let underWay = 0;
	let waiting = null;

	async function run({ number, url, about }) {
		const isWanted = () => number === asked;
		underWay++;
		try {
			const answer = await askUntilAnswered(url, isWanted, onTrouble);
			if (answer && number > shown) {
				shown = number;
				onAnswer(answer, about);
			}
		} catch (error) {
			if (number === asked) {
				shown = number;
				onRefusal(error.problem);
			}
		}
		underWay--;
		if (number === asked) onBusy(false);
		if (waiting && underWay < AT_ONCE) {
			const next = waiting;
			waiting = null;
			run(next);
		}
	}

	return {
		ask(url, about) {
			const request = { number: ++asked, url, about };
			onBusy(true);
			if (underWay < AT_ONCE) run(request);
			else waiting = request;
		},
		// What has been asked is not wanted any more.
		forget() {
			shown = ++asked;
			waiting = null;
			onTrouble("");
			onBusy(false);
		},
	};
}
