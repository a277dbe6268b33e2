#!/usr/bin/env node
// Holds what the build emits against the tools of others: pySigma and its Splunk backend, and Splunk's contentctl. They come
// from the package index into throw-away environments; where that cannot be, it says so and nothing fails.
import { checkSecurityContent } from "./security-content.mjs";
import { checkSigma } from "./sigma.mjs";

const failures = [];
for (const check of [checkSigma, checkSecurityContent]) {
  const { title, skipped, lines = [], wrong = [] } = await check();
  if (skipped !== undefined) console.log(`${title}: skipped, ${skipped}`);
  for (const line of lines) console.log(`${title}: ${line}`);
  for (const line of wrong) console.log(`${title}: WRONG ${line}`);
  failures.push(...wrong);
}
process.exitCode = failures.length > 0 ? 1 : 0;
