// What the page says, in the language of its reader: the server has written it into the page.
const { categories, ...texts } = JSON.parse(document.getElementById("texts").textContent);

export const pageLanguage = document.documentElement.lang;

// A text with its places, as {total}, filled.
export const text = (name, values = {}) => texts[name].replace(/\{(\w+)\}/g, (_, place) => values[place]);

// What is wrong: [in words, in which language]. What only programs meet is said in English.
export function wordsOf(problem) {
	const name = problem.fault ? `fault-${problem.fault}` : "wrongParameter";
	if (!problem.parameter || !texts[name]) return [problem.detail, "en"];
	return [text(name, problem), pageLanguage];
}

// What a value is called: of general categories the API knows it in English.
export const valueName = ({ value, name }) => categories[value] || name || value;
