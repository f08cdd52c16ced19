// The forms in which characters are copied.

const hex = (code, digits = 4) => code.toString(16).toUpperCase().padStart(digits, "0");
const each = (codes, write) => codes.map(write).join("");
const pythonOf = (code) => (code < 0x10000 ? `\\u${hex(code)}` : `\\U${hex(code, 8)}`);

// By name: what makes it of code points. The entity is the name that HTML has for them, if any.
export const FORMATS = {
	Character: (codes) => String.fromCodePoint(...codes),
	HTML: (codes, entity) => (entity ? `&${entity};` : each(codes, (code) => `&#x${hex(code)};`)),
	CSS: (codes) => each(codes, (code) => `\\${hex(code, 6)}`),
	JavaScript: (codes) => each(codes, (code) => `\\u{${hex(code)}}`),
	Python: (codes) => each(codes, pythonOf),
	Rust: (codes) => each(codes, (code) => `\\u{${hex(code)}}`),
	LaTeX: (codes) => each(codes, (code) => `\\symbol{"${hex(code)}}`),
	URL: (codes) => encodeURIComponent(String.fromCodePoint(...codes)),
	Decimal: (codes) => codes.join(" "),
	"Code point": (codes) => codes.map((code) => `U+${hex(code)}`).join(" "),
};

// "U+1F468 U+200D", or with other separators, as numbers.
export const codesOf = (text) => text.match(/[0-9A-F]{4,6}/g).map((code) => Number.parseInt(code, 16));
