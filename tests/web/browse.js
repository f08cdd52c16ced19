// What a person does with the page, in a real browser: browse.js URL SCREENSHOTS. Prints a line
// for each test, and figures; test_web.py runs it.
"use strict";

require("./person");
require("./chips");
require("./addresses");
require("./lists");
require("./copies");
require("./help");
require("./failures");
require("./offline");
require("./looks");
require("./harness").runAll();
