import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readRule } from "../../src/rules/read.ts";
import { matcherOf, type SigmaEvent } from "../../src/sigma/match.ts";
import { readSigma } from "../../src/sigma/read.ts";
import { hasShared, sharedLines, sharedText } from "../shared.ts";
import { port } from "./port.ts";

type Row = Readonly<Record<string, string | number | null>>;

/** A process start of Defender in Sigma's fields. */
function sigmaEvent(row: Row): SigmaEvent {
  const text = (column: string) => (row[column] === "" ? null : row[column]);
  const hashes = ["MD5", "SHA1", "SHA256"].filter(text).map((name) => `${name}=${text(name)}`);
  return {
    Image: text("FolderPath"),
    CommandLine: text("ProcessCommandLine"),
    OriginalFileName: text("ProcessVersionInfoOriginalFileName"),
    Description: text("ProcessVersionInfoFileDescription"),
    Product: text("ProcessVersionInfoProductName"),
    Company: text("ProcessVersionInfoCompanyName"),
    FileVersion: text("ProcessVersionInfoProductVersion"),
    IntegrityLevel: text("ProcessIntegrityLevel"),
    ParentImage: text("InitiatingProcessFolderPath"),
    ParentCommandLine: text("InitiatingProcessCommandLine"),
    ParentProcessId: row.InitiatingProcessId,
    ProcessId: row.ProcessId,
    Computer: text("DeviceName"),
    Hashes: hashes.length === 0 ? null : hashes.join(","),
    User: text("AccountName") ? `${text("AccountDomain") ?? ""}\\${text("AccountName")}` : null,
  };
}

const rulesFolder = resolve(import.meta.dirname, "../../rules");

function sigmaOf(file: string) {
  const { rule } = readRule(readFileSync(resolve(rulesFolder, file), "utf8"), file);
  if (rule === null) throw new Error(file);
  const { text } = port(rule.query.text, rule.info);
  return matcherOf(readSigma(text));
}

test("every rule of the project is a Sigma rule", () => {
  const files = readdirSync(rulesFolder).filter((file) => file.endsWith(".yml"));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(sigmaOf(file)({})).toBe(false);
});

describe.skipIf(!hasShared)("on recorded events", () => {
  const rows = hasShared
    ? [...sharedLines<Row>("events/DeviceProcessEvents.jsonl.gz"), ...sharedLines<Row>("events/synthetic.jsonl")]
    : [];
  // The log source is process creation.
  const events = rows
    .filter((row) => row.ActionType === "ProcessCreated")
    .map((row) => ({ id: row._id, event: sigmaEvent(row) }));
  const expected = hasShared ? JSON.parse(sharedText("events/expected.json"))["real+synthetic"] : {};

  test.each([
    ["net_use_credentials_in_batch_script.yml", "rule1"],
    ["net_group_and_account_recon.yml", "rule3"],
    ["windows_network_connection_discovery_via_net.yml", "rule4"],
  ])("%s finds what the query's filters let through", (file, rule) => {
    const matches = sigmaOf(file);
    const found = events.filter(({ event }) => matches(event)).map(({ id }) => String(id));
    expect(found.sort()).toEqual(expected[rule].passes_filters.map(String).sort());
  });

  test("net_query_statistics.yml finds that and events without an account's UPN", () => {
    const matches = sigmaOf("net_query_statistics.yml");
    const found = rows.filter((row) => matches(sigmaEvent(row)));
    const passes = new Set(expected.rule2["no time filter"].passes_filters.map(String));
    expect(
      found
        .filter((row) => row.AccountUpn !== "")
        .map((row) => String(row._id))
        .sort(),
    ).toEqual([...passes].sort());
  });

  // Original rules against what comes back of the KQL that another tool made of them.
  test("Sigma rules come back from KQL as rules that match the same events", () => {
    interface Pair {
      readonly path: string;
      readonly sigma: string;
      readonly kql_xdr: string | null;
    }
    const sample = sharedLines<Pair>("sigma/sigma-pairs.jsonl").filter(
      (pair, index) => pair.kql_xdr !== null && index % 6 === 0,
    );
    const net = events.filter((_, index) => index % 5 === 0);
    let compared = 0;
    for (const { path, sigma, kql_xdr } of sample) {
      // Modifiers that KQL has no counterpart for, and `User`, which the other tool takes for the account's name alone.
      if (/windash|base64|expand/.test(sigma) || /User\|/.test(sigma) || kql_xdr === null) continue;
      const [original, ported] = [matcherOf(readSigma(sigma)), matcherOf(readSigma(port(kql_xdr).text))];
      const differ = net.filter(({ event }) => original(event) !== ported(event)).map(({ id }) => id);
      expect([path, differ]).toEqual([path, []]);
      compared++;
    }
    expect(compared).toBeGreaterThan(60);
  });
});
