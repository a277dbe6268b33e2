import { expect, it } from "vitest";
import { formatSpl } from "../../src/spl/format.ts";

it("lays a search out, a command a line, and keeps comments and macros", () => {
  const { text, diagnostics } = formatSpl(
    '`sysmon` EventCode=1 ```only starts``` | stats count AS n by host,user| join type=left host [search index=a|rename "the host" as host | table host] | `filter`',
  );
  expect(diagnostics).toEqual([]);
  expect(text).toBe(
    [
      "`sysmon` EventCode=1",
      "```only starts```",
      "| stats count as n by host user",
      "| join type=left host",
      '    [ search index="a"',
      '      | rename "the host" as host',
      "      | table host ]",
      "| `filter`",
    ].join("\n"),
  );
  expect(formatSpl(text ?? "").text).toBe(text);
});

it("line breaks inside texts stay as they are, also in brackets", () => {
  const { text } = formatSpl('x | append [ makeresults format=csv data="a,b\n1,2" | eval c="d\ne", \'f\' = 1 ]');
  expect(text).toBe('x\n| append\n    [ | makeresults format=csv data="a,b\n1,2"\n      | eval c="d\ne", f=1 ]');
});

it("a text that cannot be read has no layout", () => {
  const { text, diagnostics } = formatSpl("x | where (");
  expect(text).toBeNull();
  expect(diagnostics.map((d) => d.code)).toEqual(["SPL001"]);
});
