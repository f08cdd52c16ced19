// Glyphs that are wider than their place, as that of U+FDFD, are made smaller.

export function fitGlyphs(root) {
	const glyphs = [...root.querySelectorAll(".glyph")].map((glyph) => [glyph, glyph.scrollWidth / glyph.clientWidth]);
	for (const [glyph, ratio] of glyphs)
		if (ratio > 1.02) glyph.style.fontSize = `${Math.floor(parseFloat(getComputedStyle(glyph).fontSize) / ratio)}px`;
}
