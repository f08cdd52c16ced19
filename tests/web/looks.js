// In every size and colour: nothing is cut off that should not be, and all is accessible.
"use strict";

const { base, test, check, equal, until, loaded, shoot, accessible } = require("./harness");

const VIEWS = { empty: "", results: "?query=heart", grid: "?query=heart&view=grid",
	wide: "?query=bismillah", character: "char/U+FDFD", control: "char/U+0007", wrong: "?query=%22a", browse: "browse" };
// Those where axe sees nothing but what it has seen in others: there it looks at one view.
const alike = true;
const LOOKS = {
	"is on a small phone": ["small", { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }],
	"reads letters of twice the size": ["large", { viewport: { width: 640, height: 900 }, flags: ["--blink-settings=defaultFontSize=32"] }],
	"has colours of their own": ["forced", { alike, forcedColors: "active" }],
	"is in the dark, on a phone": ["dark-phone", { alike, viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
	"reads Arabic, from right to left": ["rtl", { locale: "ar" }],
	"reads Arabic on a phone": ["rtl-phone", { alike, locale: "ar", viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
	"reads German": ["de", { alike, locale: "de" }],
	"reads Russian on a small phone": ["ru-small", { alike, locale: "ru", viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }],
	"prints": ["print", { alike, media: "print" }],
};

for (const [name, [short, { alike: isAlike, media, ...options }]] of Object.entries(LOOKS))
	test(name, { ...options, bypassCSP: true }, async (page) => {
		if (media) await page.emulateMedia({ media });
		for (const [view, target] of Object.entries(VIEWS)) {
			await page.goto(base + target);
			if (/query=[^%]/.test(target)) await loaded(page);
			const { viewport, width } = await page.evaluate(() => ({ viewport: innerWidth, width: document.documentElement.scrollWidth }));
			check(width <= viewport, `${view} is ${width} wide, ${width - viewport} too much`);
			const cut = await page.evaluate(() => [...document.querySelectorAll("button, .chip, label, select")]
				.filter((b) => b.offsetWidth > 0 && b.offsetHeight > 0 && !b.closest(".hidden, .glyph-button") && !b.closest("details:not([open])") && !b.querySelector("select") && b.tagName !== "SELECT" &&
					(b.scrollWidth > b.clientWidth + 1 || b.getClientRects()[0].height > 4.5 * parseFloat(getComputedStyle(b).fontSize)))
				.map((b) => b.textContent).slice(0, 3));
			equal(cut, [], `cut off in ${view}`);
			await until(page, () => ![...document.querySelectorAll(".glyph")].some((g) => g.scrollWidth > g.clientWidth + 1), undefined, `whole glyphs in ${view}`);
			if (!media && (!isAlike || view === "results")) await accessible(page, `${short}, ${view}`);
			await shoot(page, `${short}-${view}`);
		}
	});
