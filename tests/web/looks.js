// In every size and colour: nothing is cut off that should not be, and all is accessible.
"use strict";

const { base, test, check, equal, loaded, shoot, accessible } = require("./harness");

const VIEWS = { empty: "", results: "?query=heart&mode=wide", grid: "?query=heart&mode=wide&view=grid",
	wide: "?query=bismillah&mode=wide", character: "char/U+FDFD", control: "char/U+0007", wrong: "?query=%22a", browse: "browse" };
// The colours are those of other tests, whose contrasts have been looked at there.
const SAME_COLOURS = { "color-contrast": { enabled: false } };
const LOOKS = {
	"is on a small phone": ["small", { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }, SAME_COLOURS],
	"reads letters of twice the size": ["large", { viewport: { width: 640, height: 900 }, flags: ["--blink-settings=defaultFontSize=32"] }, SAME_COLOURS],
	"has colours of their own": ["forced", { forcedColors: "active" }, {}],
	"is in the dark, on a phone": ["dark-phone", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }, {}],
	"reads from right to left": ["rtl", {}, SAME_COLOURS, "html{direction:rtl}"],
};

for (const [name, [short, options, rules, style]] of Object.entries(LOOKS))
	test(name, { ...options, bypassCSP: true }, async (page) => {
		for (const [view, target] of Object.entries(VIEWS)) {
			await page.goto(base + target);
			if (style) {
				await page.addStyleTag({ content: style });
				await page.evaluate(() => dispatchEvent(new Event("resize")));
			}
			if (/mode=/.test(target)) await loaded(page);
			const { viewport, width } = await page.evaluate(() => ({ viewport: innerWidth, width: document.documentElement.scrollWidth }));
			check(width <= viewport, `${view} is ${width} wide, ${width - viewport} too much`);
			const cut = await page.evaluate(() => [...document.querySelectorAll("button, .chip, label, select")]
				.filter((b) => b.offsetWidth > 0 && b.offsetHeight > 0 && !b.closest(".hidden, .glyph-button") && b.tagName !== "SELECT" &&
					(b.scrollWidth > b.clientWidth + 1 || b.getClientRects()[0].height > 4.5 * parseFloat(getComputedStyle(b).fontSize)))
				.map((b) => b.textContent).slice(0, 3));
			equal(cut.filter((text) => !/Copy as/.test(text)), [], `cut off in ${view}`);
			await accessible(page, `${short}, ${view}`, rules);
			if (process.env.CHARFINDER_LONG) await shoot(page, `${short}-${view}`);
		}
	});
