// What a linter finds in an OpenAPI document: lint_openapi.js FILE. Prints a line for each finding.
"use strict";

const { createConfig, lint } = require("@redocly/openapi-core");

// What is recommended, and of the rest what is about being right rather than about taste.
const RULES = ["no-invalid-parameter-examples", "no-invalid-schema-examples", "no-required-schema-properties-undefined",
	"operation-4xx-problem-details-rfc7807", "parameter-description", "spec-strict-refs"];

async function main(file) {
	const rules = Object.fromEntries(RULES.map((rule) => [rule, "error"]));
	const config = await createConfig({ extends: ["recommended-strict"], rules });
	const problems = await lint({ ref: file, config });
	for (const { ruleId, message, location } of problems) console.log(`${ruleId}: ${message} (${location[0].pointer})`);
}

main(process.argv[2]);
