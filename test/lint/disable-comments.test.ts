import { expect, test } from "vitest";
import { checkKql } from "../../src/index.ts";

const codesIn = (text: string) => checkKql(text).map((d) => d.code);
const head = "DeviceProcessEvents\n| where Timestamp > ago(1d)\n";
const wrong = '| where FileName == "net.exe" and AccountSid matches regex "S-1-5"';

test.each([
  ["one code", "// ruleport-disable-next-line KQL206\n", ["KQL243"]],
  ["several codes", "// ruleport-disable-next-line KQL206, KQL243\n", []],
  ["several comments", "// ruleport-disable-next-line KQL206\n// ruleport-disable-next-line KQL243\n", []],
  ["a reason", "//ruleport-disable-next-line KQL206 KQL243 -- the service is ours\n", []],
  ["in lower case", "// ruleport-disable-next-line kql206, kql243\n", []],
  ["with a line between", "// ruleport-disable-next-line KQL206\n\n", ["KQL261", "KQL206", "KQL243"]],
])("%s", (_, comment, left) => expect(codesIn(head + comment + wrong)).toEqual(left));

test("a code that does not exist, and one that is not found, are findings themselves", () => {
  const text = `${head}// ruleport-disable-next-line KQL999, KQL2O6, KQL211\n| take 1`;
  expect(checkKql(text).map((d) => [d.code, text.slice(d.start, d.end), d.hint])).toEqual([
    ["KQL261", "KQL999", expect.stringContaining("did you mean")],
    ["KQL261", "KQL2O6", "did you mean `KQL206`?"],
    ["KQL261", "KQL211", "leave it out of the comment"],
  ]);
});

test("a comment without a code", () => {
  expect(codesIn(`${head}// ruleport-disable-next-line\n| take 1`)).toEqual(["KQL261"]);
});

test("errors stay, warnings of names go", () => {
  expect(codesIn("// ruleport-disable-next-line KQL101\nDeviceProcessEvents | where Nope == 1")).toContain("KQL101");
  expect(codesIn("// ruleport-disable-next-line KQL110\nNoSuchTable | where Nope == 1")).toEqual([]);
});

test("in a string it is no comment", () => {
  expect(codesIn('print x = "// ruleport-disable-next-line KQL999"')).toEqual([]);
});
