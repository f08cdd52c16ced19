// What a person does with the page, in a real browser: browse.js URL SCREENSHOTS [PART]... Prints a
// line for each test, and figures. The parts, all unless some are named, are tests that run side by
// side: test_web.py, test_web_state.py, test_web_rows.py, test_web_views.py, and test_base_path.py,
// behind a proxy.
"use strict";

const PARTS = {
	person: ["./person"],
	state: ["./chips", "./addresses", "./offline"],
	base: ["./base_path"],
	rows: ["./lists", "./copies", "./help", "./failures"],
	views: ["./looks", "./every_chip", "./shift"],
};

const asked = process.argv.slice(4);
for (const part of asked.length ? asked : Object.keys(PARTS)) PARTS[part].forEach((name) => require(name));
require("./harness").runAll();
