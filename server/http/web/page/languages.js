// Which language of keywords, besides English, is meant where the address says none.

// The value of an option that is nearest to the tag (RFC 4647, section 3.4): fr for fr-CH.
function lookUp(tag, values) {
	for (let parts = tag.split("-"); parts.length > 0; parts = parts.slice(0, -1)) {
		const found = values.find((value) => value.toLowerCase() === parts.join("-").toLowerCase());
		if (found) return found;
	}
	return undefined;
}

// Of the browser's languages the first that the index has keywords in; "" if that is English.
export function usualLanguage(select) {
	const values = [...select.options].map((option) => option.value).filter(Boolean);
	for (const tag of navigator.languages || []) {
		if (/^en\b/i.test(tag)) return "";
		// there are no keywords in zh: those who want Chinese say which, or mean the simplified
		const full = new Intl.Locale(tag).maximize();
		const found = lookUp(`${full.language}-${full.script}`, values) || lookUp(tag, values);
		if (found) return found;
	}
	return "";
}
