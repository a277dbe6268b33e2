import { expect, it } from "vitest";
import { parseSplText } from "../../src/spl/parse.ts";

function messages(text: string): string {
  return parseSplText(text)
    .diagnostics.map((d) => `${d.code} ${d.line}:${d.column} ${d.message}${d.hint === undefined ? "" : ` · ${d.hint}`}`)
    .join("\n");
}

it.each([
  // commands
  ["x | | head 1", "SPL001 1:5 a command is missing after `|` · OR joins two conditions"],
  ["x |", "SPL001 1:4 a command is missing after `|`"],
  ["x | (a=1)", "SPL001 1:5 `(` is not a command · terms follow `search`"],
  ["x | stat count", "SPL007 1:5 `stat` is not a command that is known here · did you mean `stats`?"],
  ["x | index=main", "SPL007 1:5 `index` is not a command that is known here · terms follow `search`"],
  ["tstats count", "SPL010 1:1 `tstats` is a word to look for here · the command is written `| tstats`"],
  // brackets and quotes
  ["x | where (a=1", "SPL001 1:11 this `(` is not closed · `)` is missing"],
  ["x | where (a=1 | head 1", "SPL001 1:11 this `(` is not closed · `)` is missing"],
  ["(a b", "SPL001 1:1 this `(` is not closed · `)` is missing"],
  ["a b)", "SPL001 1:4 `)` closes nothing"],
  ["x | join a [search b", "SPL001 1:12 this `[` is not closed · `]` is missing"],
  ['x | where a="b', 'SPL003 1:13 this text is not closed · close it with "; a quote inside is written \\"'],
  ["x | where 'a=1", "SPL003 1:11 this name is not closed · close it with '"],
  ["x `m", "SPL003 1:3 this macro is not closed · it is written `name` or `name(a, b)`"],
  ["x ```m", "SPL003 1:3 this comment is not closed · close it with ```"],
  // conditions
  ["a AND AND b", "SPL001 1:7 a condition is missing after `AND`"],
  ["a=", "SPL001 1:3 a value is missing after `=`"],
  ["a=(b OR c)", "SPL001 1:3 a value is missing after `=` · several values: `field IN (a, b)`"],
  [
    "a and not b",
    "SPL010 1:3 `and` is a word to look for here · the operator is written AND\nSPL010 1:7 `not` is a word to look for here · the operator is written NOT",
  ],
  [
    '_time>relative_time(now(), "-1h")',
    'SPL010 1:7 `relative_time(now(), "-1h")` is a text here · `where` works out expressions',
  ],
  ["a!=CASE(b)", "SPL006 1:1 `!=CASE(…)` is not read yet · write NOT and ="],
  // expressions
  ["x | where a &&b", "SPL001 1:13 `&` cannot follow `a` · AND joins two conditions"],
  ["x | where a andd b", "SPL001 1:13 `andd` cannot follow `a` · did you mean `AND`?"],
  ["x | eval y=1 stats count", "SPL001 1:14 `stats` cannot follow `1` · a pipe is missing: `| stats`"],
  ["x | eval y=1 z=2", "SPL001 1:14 `z` cannot follow `1` · an operator or a comma is missing"],
  [
    "x | where a{}.b=1",
    "SPL001 1:12 `{` cannot follow `a` · a field with other characters than letters and digits stands in '…'",
  ],
  ["x | where true", "SPL010 1:11 `true` is a field here · the constant is written true()"],
  ["x | where a ==", "SPL001 1:15 a value is missing after `==`"],
  ["x | where a NOT IN (1)", "SPL001 1:13 `NOT` cannot follow `a` · NOT stands before the field: `NOT field IN (…)`"],
  ["a NOT IN (1)", "SPL001 1:7 a condition is missing after `NOT` · NOT stands before the field: `NOT field IN (…)`"],
  ["host::web fe80::1", "SPL006 1:1 `::` is not read yet · compare with ="],
  ["x | where _time>now()-5m", "SPL010 1:23 `5m` is a field here · a length of time is a number of seconds"],
  // arguments
  ["x | stats count by", "SPL001 1:5 `stats` needs a field after `by`"],
  ["x | stats by a", "SPL001 1:5 `stats` needs an aggregate such as `count`"],
  [
    "x | stats count by 'a'",
    "SPL006 1:20 'a' is a name in single quotes, which only eval and where read · write it in double quotes",
  ],
  ["x | rename a", "SPL001 1:12 `a` has no new name · write `as` and the name"],
  ["x | head abc", "SPL001 1:10 `abc` has no place in `head`"],
  ["x | mvexpand a b", "SPL001 1:5 `mvexpand` takes one, not 2 · a field"],
  ["x | append", "SPL001 1:5 `append` needs a search in brackets"],
  ["x | lookup t", "SPL001 1:5 `lookup` needs a field to look up"],
  [
    "| tstats count from Web",
    "SPL001 1:3 `tstats` needs `datamodel=` after `from`\nSPL001 1:21 `Web` has no place in `tstats`",
  ],
  ["x | top limit=many a", "SPL001 1:5 `many` is not a whole number"],
  ["x | stats sparkline(avg(a), 1h)", "SPL006 1:11 `sparkline` with more than one argument is not read yet"],
  [
    "x | join left=L right=R where L.a=R.b [search y]",
    "SPL001 1:5 `join` with `where` is not read yet · rename the fields on which the sides agree",
  ],
  // one for each command
  [
    "x | where a b | head | where c d",
    "SPL001 1:13 `b` cannot follow `a` · an operator or a comma is missing\nSPL001 1:32 `d` cannot follow `c` · an operator or a comma is missing",
  ],
  ["", "SPL005 1:1 there is no search here"],
  ["```nothing```", "SPL005 1:1 there is no search here"],
])("%s", (text, expected) => {
  expect(messages(text)).toBe(expected);
});
