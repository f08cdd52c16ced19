// Nothing on a page moves while it comes.
"use strict";

const { base, figures, test, check, loaded } = require("./harness");

test("sees a page come without anything moving", {}, async (page) => {
	let most = 0;
	await page.addInitScript(() => {
		window.shift = 0;
		// what was out of sight, and has been scrolled to, has not moved
		const moved = ({ sources }) => sources.length === 0 || sources.some(({ previousRect }) => previousRect.width > 0);
		new PerformanceObserver((all) => {
			for (const one of all.getEntries()) if (moved(one)) window.shift += one.value;
		}).observe({ type: "layout-shift", buffered: true });
	});
	// what is there without scripts must not be seen before what they make of it
	await page.route("**/assets/page.js*", async (route) => {
		await new Promise((resolve) => setTimeout(resolve, 300));
		await route.continue();
	});
	for (const [width, height] of [[1100, 800], [360, 740]]) {
		await page.setViewportSize({ width, height });
		for (const target of ["", "?query=heart", "?query=heart&view=grid", "?query=bismillah", "?query=cjk&from=5000", "char/U+2657", "browse"]) {
			await page.goto(base + target);
			if (target.startsWith("?")) await loaded(page);
			await page.waitForTimeout(400); // for what may come late: nothing says that it will not
			const shift = await page.evaluate(() => window.shift);
			check(shift < 0.02, `layout shift ${shift} of ${target}, ${width} wide`);
			most = Math.max(most, shift);
		}
	}
	figures.push(`layout shift of 14 views: at most ${most.toFixed(4)}`);
});
