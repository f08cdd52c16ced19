// What would help: the correction that was made, or what has rows where the query has none, or only
// without some of its words. The same as the server's page_answer.c.
import { make } from "./dom.js";
import { writeAddress } from "./state.js";
import { text } from "./texts.js";

function makeLink(state, usual, query, more) {
	const link = make("a", "", query);
	link.href = writeAddress({ ...state, query, typing: false, from: 1, ...more }, usual);
	return link;
}

function makeAlternative(state, usual, { query, filters, total }) {
	return [makeLink(state, usual, query, filters ? {} : { filters: [] }), filters ? " " : ` ${text("withoutFilters")} `,
		make("span", "count", String(total))];
}

export function showHelp(holder, state, usual, { corrected, alternatives }) {
	const parts = alternatives.flatMap((alternative, n) =>
		[n === 0 ? `${text("nearly")} ` : ", ", ...makeAlternative(state, usual, alternative)]);
	if (corrected && parts.length === 0) parts.push(`${text("corrected")} `, makeLink(state, usual, corrected));
	holder.replaceChildren(...parts);
}
