// What the rows have in common, as links that narrow the answer: as the server's chips.c.
import { make } from "./dom.js";
import { text, valueName } from "./texts.js";
import { narrow, writeAddress } from "./state.js";

const CHIPS = 12; // of one kind
const GROUPS = [["category", "category", "cat"], ["script", "script", "script"], ["block", "block", "block"], ["age", "version", "age"]];

// Values are the same but for case, spaces, _ and - (UAX44-LM3).
const loose = (value) => value.toLowerCase().replace(/[ _-]/g, "");

function makeChip(state, usual, field, { count, ...facet }, pressed) {
	const chip = make("a", "chip", valueName(facet));
	chip.href = writeAddress(narrow(state, field, pressed ? null : facet.value), usual);
	chip.rel = "nofollow";
	chip.dataset.field = field;
	chip.dataset.value = facet.value;
	if (pressed) chip.setAttribute("aria-current", "true");
	if (count !== undefined) chip.append(" ", make("span", "count", String(count)));
	return chip;
}

function makeGroup(state, usual, [property, label, field], facets) {
	const values = facets[property] || [];
	const asked = state.filters.filter((filter) => filter.field === field);
	const isAsked = (value) => asked.some((filter) => loose(filter.value) === loose(value));
	const others = asked.filter((filter) => !values.some(({ value }) => loose(value) === loose(filter.value)));
	if (asked.length === 0 && values.length < 2) return [];
	const group = make("div", "group", make("span", "legend", text(label)));
	group.setAttribute("role", "group");
	group.setAttribute("aria-label", text(label));
	for (const { value } of others) group.append(makeChip(state, usual, field, { value }, true));
	values.forEach((facet, n) => {
		if (n < CHIPS || isAsked(facet.value)) group.append(makeChip(state, usual, field, facet, isAsked(facet.value)));
	});
	return [group];
}

export function showChips(holder, state, usual, facets) {
	const focused = holder.contains(document.activeElement) && document.activeElement.dataset;
	holder.replaceChildren(...GROUPS.flatMap((group) => makeGroup(state, usual, group, facets)));
	if (focused)
		[...holder.querySelectorAll("a")].find(({ dataset }) =>
			dataset.field === focused.field && dataset.value === focused.value)?.focus();
}
