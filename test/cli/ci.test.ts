import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { ruleport } from "./ruleport.ts";

const example = resolve(import.meta.dirname, "../example");
const shares = "rules/many_shares_mounted.yml";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ruleport-ci-"));
  cpSync(example, folder, { recursive: true });
});

function change(path: string, from: string, to: string): void {
  const text = readFileSync(join(folder, path), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(folder, path), text.replace(from, to));
}

function git(...args: string[]): void {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...who, ...args], { cwd: folder, stdio: "pipe" });
}

const build = () => ruleport(["build", join(folder, "rules"), "--out", join(folder, "out")]);
const ci = (...options: string[]) => ruleport(["ci", folder, ...options]);

describe("ci on the example", () => {
  test("is fine as it is committed, and says so in every form", async () => {
    const at = (name: string) => join(folder, name);
    const forms = ["--sarif", at("a.sarif"), "--junit", at("a.xml"), "--summary", at("a.md")];
    const { code, out } = await ci(...forms);
    expect(out).toMatch(/^no problems, 0 warnings, 2 rules, \d+ outputs held against their rules\n$/);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(at("a.sarif"), "utf8")).runs[0].results).toEqual([]);
    expect(readFileSync(at("a.xml"), "utf8")).toMatch(
      /<testsuite name="many_shares_mounted.yml" tests="\d+" failures="0"/,
    );
    expect(readFileSync(at("a.md"), "utf8")).toContain("## ruleport: fine");
  });

  test("finds a rule that cannot be read, and does not blame the outputs", async () => {
    change(shares, "summarize Shares", "sumarize Shares");
    const { code, out } = await ci();
    expect(code).toBe(1);
    expect(out).toMatch(/many_shares_mounted\.yml:17:\d+ error KQL\d+: .*sumarize/);
    expect(out).not.toContain("CI001");
  });

  test("warns of a schedule that Sentinel does not take", async () => {
    change(shares, "queryFrequency: 1h", "queryFrequency: 1m");
    expect((await ci("--generate", "10")).out).toContain("warning RULE201");
  });

  test("finds an output that was changed by hand", async () => {
    change("out/many_shares_mounted/sysmon.spl", "Shares>5", "Shares>50");
    const { code, out } = await ci();
    expect(code).toBe(1);
    expect(out).toContain("CI001: an output is not what the rule gives: sysmon.spl");
    expect(out).toContain("1 problem,");
  });

  test("finds a changed meaning, shows events for it, and takes a raised version for an answer", async () => {
    change(shares, "Shares > 5", "Shares > 6");
    const first = await ci();
    expect(first.code).toBe(1);
    expect(first.out).toContain("CI003: the rule finds something else than before");
    expect(first.out).toContain("on these 6 events:");

    git("init", "-q", "-b", "main");
    git("add", "out");
    git("commit", "-qm", "before");
    await build();
    const built = await ci("--base", "HEAD");
    expect(built.out).toContain("CI003");
    expect(built.out).not.toContain("CI001");

    change(shares, "version: 1.0.0", "version: 1.1.0");
    await build();
    const raised = await ci("--base", "HEAD", "--summary", join(folder, "a.md"));
    expect(raised.code).toBe(0);
    expect(readFileSync(join(folder, "a.md"), "utf8")).toContain("version 1.0.0 → 1.1.0");
  });

  test("needs a commit that is there", async () => {
    git("init", "-q", "-b", "main");
    const { code, err } = await ci("--base", "HEAD");
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('git knows no commit "HEAD"') });
  });

  test("finds an output that became less exact", async () => {
    git("init", "-q", "-b", "main");
    git("add", "out");
    git("commit", "-qm", "before");
    change(shares, "by DeviceName, AccountName,", "by DeviceName, AccountName, AccountUpn,");
    await build();
    const { code, out } = await ci("--base", "HEAD");
    expect(code).toBe(1);
    expect(out).toMatch(/CI002: spl\/sysmon was exact and is unsupported/);
  });

  test("lets the project set severities", async () => {
    change(shares, "Shares > 5", "Shares > 6");
    change("ruleport.yml", "severity:", "severity:\n  CI003: warning\n  CI001: off");
    const { code, out } = await ci();
    expect(code).toBe(0);
    expect(out).toContain("warning CI003");
  });
});

test("a project file with a slip of the pen is refused with its place", async () => {
  change("ruleport.yml", "verify:", "verfy:");
  const { code, err } = await ci();
  expect(code).toBe(1);
  expect(err).toMatch(/ruleport\.yml:\d+:1 error FILE005: unknown key "verfy"/);
});
