// What the page shows, and its address: one model, in both directions. A state is plain data that
// is never changed, only replaced:
//
//   query     as it stands in the box
//   typing    it is being typed still: its last word may go on
//   mode      classic, auto or wide
//   lang      languages of keywords besides English, and of the page, "fr,de"; "": English alone
//   filters   [{ field: "block", value: "Dingbats" }, …]
//   from      number of the row that is the first in sight, from 1
//   view      list or grid
//   char      whose details are shown, "U+2657"; "": none
//
// `usual` says which mode and language need not be said.

import { base, charPath } from "./base.js";

const FIELDS = ["cat", "script", "block", "age"];

// /char/U+2657, or for short /U+2657 and /♗, under the base path.
const charOf = (path) => (path.slice(base.length).match(/^\/(?:char\/(.+)|(u\+.+|[^\0-\x7f].*))$/i) || []).slice(1).find(Boolean) || "";

// Is it another page than those of searches and of characters?
export const isElsewhere = (url) => url.pathname !== `${base}/` && charOf(decodeURIComponent(url.pathname)) === "";

// As forms send them: an empty one is English, which need not be said if it is alone.
export function joinLanguages(values) {
	const all = values.length > 1 ? [...new Set(values.map((value) => value || "en"))] : values;
	return all.join(",") === "en" ? "" : all.join(",");
}

export function readAddress(url, usual) {
	const params = url.searchParams;
	return {
		query: params.get("query") || "",
		typing: params.get("typing") === "true",
		mode: params.get("mode") || usual.mode,
		lang: params.has("lang") ? joinLanguages(params.getAll("lang")) : usual.lang,
		filters: FIELDS.flatMap((field) => params.getAll(field).map((value) => ({ field, value }))),
		from: Math.max(1, Number.parseInt(params.get("from"), 10) || 1),
		view: params.get("view") === "grid" ? "grid" : "list",
		char: charOf(decodeURIComponent(url.pathname)),
	};
}

// What of the state an answer depends on.
function addSearch(params, state, usual) {
	if (state.typing) params.set("typing", "true");
	if (state.mode !== usual.mode) params.set("mode", state.mode);
	if (state.lang !== usual.lang) params.set("lang", state.lang || "en");
	for (const { field, value } of state.filters) params.append(field, value);
}

export function writeAddress(state, usual) {
	const params = new URLSearchParams();
	if (!isBlank(state)) {
		params.set("query", state.query);
		if (state.from > 1) params.set("from", state.from);
		addSearch(params, state, usual);
	}
	if (state.view !== "list") params.set("view", state.view);
	const path = state.char ? charPath(encodeURIComponent(state.char).replace(/%2B/g, "+")) : `${base}/`;
	return params.size > 0 ? `${path}?${params}` : path;
}

// The request for rows from number `from` on.
export function writeRequest(state, { from, limit, facets }) {
	const params = new URLSearchParams({ q: state.query, from, limit, facets });
	addSearch(params, state, { mode: "", lang: "" });
	return `${base}/api/v1/search?${params}`;
}

// Nothing to search for. White space beyond ASCII may have been pasted to be looked up.
export const isBlank = (state) => /^[\t-\r ]*$/.test(state.query);

export const sameSearch = (a, b) =>
	["query", "typing", "mode", "lang"].every((name) => a[name] === b[name]) &&
	JSON.stringify(a.filters) === JSON.stringify(b.filters);

// The only filter of the field is the value; or there is none of it, if that is null.
export function narrow(state, field, value) {
	const others = state.filters.filter((filter) => filter.field !== field);
	return { ...state, from: 1, char: "", filters: value === null ? others : [...others, { field, value }] };
}
