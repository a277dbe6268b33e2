import { describe, expect, test } from "vitest";
import { targets } from "../../src/targets/registry.ts";
import { ruleport } from "./ruleport.ts";

const commands = ["build", "transpile", "run", "check", "explain", "fmt"];

test("help goes to standard output and is fine", async () => {
  const { code, out, err } = await ruleport(["--help"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  for (const command of commands) expect(out).toMatch(new RegExp(`^ {2}${command} `, "m"));
});

test.each(commands)("%s --help says how it is used", async (command) => {
  const { code, out, err } = await ruleport([command, "--help"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain(`Usage: ruleport ${command}`);
});

test("--version is the package's", async () => {
  expect(await ruleport(["--version"])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test("no command at all shows the help and is wrong use", async () => {
  const { code, out, err } = await ruleport([]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("Usage: ruleport");
});

describe("wrong use ends with 2, one message and nothing on standard output", () => {
  test.each([
    ["nonsense", "unknown command 'nonsense'"],
    ["transpil x.kql", "Did you mean transpile?"],
    ["transpile x.kql", "required option '--to <target>' not specified"],
    ["transpile x.kql --to elastic", "Allowed choices are spl, sigma, typescript, ts, kql"],
    ["transpile --to spl", "missing required argument 'file'"],
    ["run x.kql --now tomorrow", "Write it as 2026-01-31T12:00:00Z"],
    ["run x.kql --now 2026-02-31T99:00:00Z", "Write it as 2026-01-31T12:00:00Z"],
    ["run x.kql --limit many", "It is a number of rows"],
    ["run x.kql --limit -1", "It is a number of rows"],
    ["run x.kql --format xml", "Allowed choices are table, json, jsonl, csv"],
    ["check", "missing required argument 'file'"],
    ["check x.kql --format xml", "Allowed choices are text, json, sarif"],
    ["explain x.kql bytecode", "Allowed choices are tokens, cst, ast, plan"],
    ["fmt x.kql --write --check", "cannot be used with"],
    ["build --wrong", "unknown option '--wrong'"],
    ["check missing.kql", "missing.kql: no such file"],
    ["build missing", "missing: no such file"],
  ])("%s", async (line, message) => {
    const { code, out, err } = await ruleport(line.split(" "));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

test("--to names the targets of the registry", async () => {
  const { err } = await ruleport(["transpile", "x.kql", "--to", "?"]);
  const choices = /choices are (.*)\.\n/
    .exec(err)?.[1]
    ?.split(", ")
    .filter((name) => name !== "ts");
  expect(choices).toEqual(targets.map((target) => target.id));
});
