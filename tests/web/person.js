// A person at a desk, with a keyboard alone, without scripts, on a phone, in the dark.
"use strict";

const { base, figures, PATIENCE, test, check, equal, until, loaded, focusIs, toastSays, clipboardIs, shoot, accessible } = require("./harness");

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const DARK = { colorScheme: "dark" };

// ---- a person at a desk

test("types, and sees results", {}, async (page) => {
	await page.goto(base);
	await focusIs(page, "#query", "the box has the focus");
	await accessible(page, "the empty page");
	await shoot(page, "empty");
	await page.keyboard.type("chess rook");
	await until(page, () => /for 'chess rook'/.test(document.getElementById("status").textContent));
	await loaded(page);
	check((await page.locator("#results [data-number]").count()) > 5, "rows");
	check(/CHESS ROOK/.test(await page.locator("#results .name").first().textContent()), "the best first");
	await until(page, () => new URL(location.href).searchParams.get("query") === "chess rook", undefined, "the address");
	await accessible(page, "results");
	await shoot(page, "results");
});

test("sees the last answer, also if an earlier one comes late", {}, async (page) => {
	await page.goto(base);
	let release;
	let arrive;
	const gate = new Promise((resolve) => { release = resolve; });
	const late = new Promise((resolve) => { arrive = resolve; });
	await page.route(/q=rook&/, async (route) => {
		const response = await route.fetch();
		await gate;
		await route.fulfill({ response });
		arrive();
	});
	await page.fill("#query", "rook");
	await page.fill("#query", "bishop");
	await until(page, () => /for 'bishop'/.test(document.getElementById("status").textContent));
	release();
	await late;
	await page.fill("#query", "bishop ");
	await loaded(page);
	check(/for 'bishop'/.test(await page.locator("#status").textContent()), "status");
	check(/BISHOP/.test(await page.locator("#results .name").first().textContent()), "rows");
});

test("copies a character, and sees that it was copied", { permissions: ["clipboard-read", "clipboard-write"] },
	async (page) => {
		await page.goto(`${base}?query=white+bishop`);
		await loaded(page);
		const marked = page.evaluate(() => new Promise((resolve) => { // it is there for a moment
			const look = () => resolve(document.querySelectorAll(".glyph-button.copied").length);
			new MutationObserver(look).observe(document.getElementById("answer"), { subtree: true, attributeFilter: ["class"] });
		}));
		await page.locator(".glyph-button").first().click();
		await toastSays(page, "Copied ♗ WHITE CHESS BISHOP");
		await shoot(page, "copied");
		await clipboardIs(page, "♗");
		equal(await marked, 1, "the mark");
	});

test("copies without a clipboard that scripts may use", {}, async (page) => {
	await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
	await page.goto(`${base}?query=white+bishop`);
	await loaded(page);
	await page.locator(".glyph-button").first().click();
	await toastSays(page, "Copied ♗ WHITE CHESS BISHOP");
});

test("opens the details of a character, and its neighbours", { permissions: ["clipboard-read", "clipboard-write"] },
	async (page) => {
		await page.goto(`${base}?query=euro+sign`);
		await loaded(page);
		await page.getByRole("link", { name: "U+20AC", exact: true }).click();
		const dialog = page.getByRole("dialog", { name: "EURO SIGN" });
		await dialog.waitFor({ timeout: PATIENCE });
		for (const text of ["E2 82 AC", "20AC", "&#x20AC;", "%E2%82%AC", "\\u20ac", "Currency Symbols", "2.1"])
			check((await dialog.textContent()).includes(text), text);
		await accessible(page, "details");
		await shoot(page, "details");
		await dialog.getByRole("button", { name: "Copy HTML" }).click();
		await clipboardIs(page, "&#x20AC;");
		await dialog.locator("a[rel=next]").click();
		await page.getByRole("dialog", { name: "KIP SIGN" }).waitFor({ timeout: PATIENCE });
		await page.keyboard.press("Escape");
		await until(page, () => !document.querySelector("dialog[open]"));
		await focusIs(page, "a[href='/char/U+20AC']", "the focus is back");
	});

test("is told what is wrong with a query, in a line, when it is meant so", {}, async (page) => {
	await page.goto(base);
	await page.keyboard.type('"chess rook');
	await until(page, () => /for '"chess rook'/.test(document.getElementById("status").textContent), undefined, "an answer while typing");
	await page.keyboard.press("Enter");
	await until(page, () => document.querySelector("#status.wrong"), undefined, "the error");
	check(/quotes are not closed/.test(await page.locator("#status").textContent()), "what is wrong");
	await accessible(page, "a wrong query");
	await page.keyboard.type('"');
	await until(page, () => !document.querySelector("#status.wrong"));
	await loaded(page);
});

test("sees text as text", {}, async (page) => {
	const evil = "<script>window.evil=1</script><img src=x onerror=window.evil=1>";
	await page.goto(`${base}?query=${encodeURIComponent(evil)}`);
	await until(page, () => document.getElementById("status").textContent.includes("<script>"));
	await page.fill("#query", `${evil} '"`);
	await until(page, () => document.getElementById("status").textContent.includes("onerror"));
	equal(await page.evaluate(() => window.evil), undefined);
	equal(await page.locator("main img, main script").count(), 0);
});

test("scrolls through more than a hundred thousand rows", {}, async (page) => {
	await page.goto(`${base}?query=cjk&mode=auto`);
	await loaded(page);
	const total = Number(await page.getAttribute("#results", "aria-rowcount")) - 1;
	check(total > 102000, `${total} rows`);
	const requests = [];
	page.on("request", (request) => requests.push(request.url()));
	const seen = [];
	for (const part of [0.25, 0.5, 0.9, 1, 0.1]) {
		await page.evaluate((p) => scrollTo(0, p * document.body.scrollHeight), part);
		// in sight, and filled
		await until(page, () => {
			const rows = [...document.querySelectorAll("#results [data-number]")];
			const inSight = rows.filter((r) => r.getBoundingClientRect().bottom > 0 &&
				r.getBoundingClientRect().top < innerHeight);
			return inSight.length > 3 && !inSight.some((r) => r.classList.contains("loading"));
		}, undefined, `rows at ${part}`);
		const row = page.locator("#results [data-number]");
		seen.push([Number(await row.last().getAttribute("aria-rowindex")), await row.last().locator(".text").textContent()]);
		const count = await row.count();
		check(count < 80, `${count} rows in the document`);
		if (part === 0.5) await shoot(page, "scrolled");
	}
	equal(seen[3][0], total + 1, "the last row");
	check(/^CJK /.test(seen[3][1]), seen[3][1]);
	// with the wheel: how long frames take
	const frames = await page.evaluate(async () => {
		const times = [];
		let last = performance.now();
		for (let n = 0; n < 90; n++) {
			scrollBy(0, 300);
			await new Promise(requestAnimationFrame);
			times.push(performance.now() - last);
			last = performance.now();
		}
		return times.sort((a, b) => a - b);
	});
	figures.push(`scrolling ${total} rows: a frame takes ${frames[45].toFixed(0)} ms, ` +
		`at most ${frames[89].toFixed(0)}; ${requests.length} requests in all`);
	await accessible(page, "in the midst of many rows");
});

// ---- with other means

test("uses nothing but the keyboard", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
	const press = (...keys) => keys.reduce((p, key) => p.then(() => page.keyboard.press(key)), Promise.resolve());
	await page.goto(base);
	await page.keyboard.type("white bishop");
	await until(page, () => /white bishop/.test(document.getElementById("status").textContent));
	await loaded(page);
	await press("ArrowDown", "ArrowDown", "ArrowUp");
	await focusIs(page, "[data-number='0'] .glyph-button", "the first row");
	await press("Enter");
	await toastSays(page, "Copied ♗ WHITE CHESS BISHOP");
	await clipboardIs(page, "♗");
	await press("ArrowLeft");
	await focusIs(page, "a[href='/char/U+2657']", "the link");
	await shoot(page, "keyboard");
	await press("Enter");
	await page.getByRole("dialog").waitFor({ timeout: PATIENCE });
	await press("Escape");
	await until(page, () => location.pathname === "/", undefined, "the address of the list");
	await focusIs(page, "a[href='/char/U+2657']", "back from the dialog");
	await press("Escape");
	await focusIs(page, "#query", "back in the box");
	await press("Escape");
	equal(await page.inputValue("#query"), "", "empty");
	// far down and up again, focus and all
	await page.goto(`${base}?query=cjk`);
	await loaded(page);
	await page.focus("#query");
	await press("ArrowDown", "End");
	const last = await page.evaluate(() => Number(document.activeElement.closest("tr").dataset.number));
	check(last > 102000, `row ${last}`);
	await until(page, () => document.activeElement.dataset.codes, undefined, "the last row");
	await press("Home", "ArrowUp");
	await focusIs(page, "#query", "up to the box");
	// by Tab, in the order in which things stand
	const stops = [];
	for (let n = 0; n < 60 && !stops.includes("glyph-button"); n++) {
		await press("Tab");
		stops.push(await page.evaluate(() => document.activeElement.className || document.activeElement.tagName));
	}
	check(stops.includes("glyph-button"), `rows are reached by Tab: ${stops}`);
	const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
	equal(outline, "solid", "the focus is seen");
});

test("has no scripts", { javaScriptEnabled: false }, async (page) => {
	await page.goto(base);
	await page.fill("#query", "arrow");
	await page.keyboard.press("Enter");
	await page.locator("#results").waitFor({ timeout: PATIENCE });
	equal(await page.locator("#results tbody tr").count(), 200, "rows");
	check(/of \d+ matches for 'arrow'/.test(await page.locator("#status").textContent()), "status");
	equal(await page.inputValue("#query"), "arrow");
	for (let from = 1; await page.getByRole("link", { name: "Next" }).count() > 0;) {
		await page.getByRole("link", { name: "Next" }).click();
		from += 200;
		await page.waitForURL(`**/?*from=${from}*`);
	}
	const last = await page.locator("#results tbody tr").count();
	check(last > 0 && last < 200, `${last} rows on the last page`);
	await page.locator("#results a").first().click();
	await page.locator("#details").waitFor({ timeout: PATIENCE });
	check((await page.locator("#details").textContent()).includes("UTF-8"), "forms");
	await page.goto(base);
	await page.getByRole("link", { name: "chess", exact: true }).click();
	check(/of \d+ matches for 'chess'|^\d+ matches for 'chess'/.test(await page.locator("#status").textContent()), "a sample");
	await shoot(page, "without-scripts");
});

test("is on a phone", PHONE, async (page) => {
	for (const [name, target] of [["phone-empty", ""], ["phone-results", "?query=heart"],
		["phone-long", "?query=arrow+with"], ["phone-character", "char/U+1F468-U+200D-U+1F4BB"]]) {
		await page.goto(base + target);
		if (/query/.test(target)) await loaded(page);
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		check(width <= 360, `${name} is ${width} wide`);
		await accessible(page, name);
		await shoot(page, name);
	}
	await page.goto(`${base}?query=heart`);
	await loaded(page);
	for (const selector of ["#query", "#search button", ".glyph-button", ".chip", "#toolbar button"]) {
		const box = await page.locator(selector).first().boundingBox();
		check(box.height >= 35 && box.width >= 24, `${selector} is ${box.width} × ${box.height}`);
	}
	await page.locator("td.code a").first().tap();
	await page.getByRole("dialog").waitFor({ timeout: PATIENCE });
	await shoot(page, "phone-details");
	await page.getByRole("button", { name: "Close" }).tap();
	await until(page, () => !document.querySelector("dialog[open]"));
});

test("is in the dark", DARK, async (page) => {
	for (const [name, target] of [["dark-results", "?query=cat"], ["dark-character", "char/U+20AC"], ["dark-empty", ""]]) {
		await page.goto(base + target);
		if (/query/.test(target)) await loaded(page);
		const shade = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
		check(Math.max(...shade.match(/\d+/g).map(Number)) < 60, `${name} is ${shade}`);
		await accessible(page, name);
		await shoot(page, name);
	}
});

test("has results on the screen soon after each key", {}, async (page) => {
	await page.goto(base);
	await page.evaluate(() => {
		window.times = [];
		let pressed = 0;
		addEventListener("keydown", () => { pressed = performance.now(); }, true);
		new MutationObserver(() => {
			const begin = pressed;
			if (!begin) return;
			pressed = 0;
			requestAnimationFrame(() => { // which is before the painting; what follows it is after
				const channel = new MessageChannel();
				channel.port1.onmessage = () => window.times.push(performance.now() - begin);
				channel.port2.postMessage(0);
			});
		}).observe(document.getElementById("answer"), { childList: true });
	});
	for (const words of ["chess rook", "greek small", "arrow left", "smile", "heart"]) {
		await page.fill("#query", "");
		for (const letter of words) {
			const before = await page.evaluate(() => window.times.length);
			await page.keyboard.type(letter);
			if (letter !== " ") await until(page, (n) => window.times.length > n, before, `paint after ${letter}`);
		}
	}
	const times = (await page.evaluate(() => window.times)).sort((a, b) => a - b);
	const at = (p) => times[Math.min(times.length - 1, Math.floor(times.length * p))].toFixed(1);
	figures.push(`from key to painted results: ${at(0.5)} ms at the median, ${at(0.95)} at the 95th percentile ` +
		`of ${times.length} keys`);
});
