import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { runSpl, transpile } from "../../dist/index.js";
import { pythonWith } from "./environment.mjs";

const root = resolve(import.meta.dirname, "../..");
const shared = resolve(root, "../shared");
const title = "pySigma";

/** Every Sigma rule of `out/` and 100 process rules ported from KQL that another tool made of Sigma. */
export async function checkSigma() {
  const python = pythonWith("sigma", ["pySigma==1.5.1", "pysigma-backend-splunk==2.1.0"]);
  if (python.reason !== undefined) return { title, skipped: python.reason };
  const folder = mkdtempSync(join(tmpdir(), "ruleport-sigma-"));
  try {
    const own = ownRules();
    const ported = portedRules();
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of [...own, ...correlations, ...ported]) writeFileSync(join(folder, `${name}.yml`), text);
    const { stdout, stderr, status } = spawnSync(
      join(python.bin, "python"),
      [join(import.meta.dirname, "check_sigma.py"), folder],
      { encoding: "utf8", maxBuffer: 64_000_000, timeout: 120_000 },
    );
    if (status !== 0) return { title, wrong: [`check_sigma.py ended with ${status}: ${stderr.slice(-500)}`] };
    const { errors, issues, searches, unconverted, left_out: leftOut } = JSON.parse(stdout);
    const high = issues.filter(([, severity]) => severity === "high");
    const wrong = [...errors.map(([name, text]) => `${name}: ${text}`), ...high.map((issue) => issue.join(" "))];
    const { compared, hits, events, differ } = await sameEvents(ported, searches);
    const counted = ported.length === 0 ? { groups: 0, differ: [] } : await sameGroups(searches);
    return {
      title,
      lines: [
        `${own.length} rules of out/, ${correlations.length} correlations and ${ported.length} ported rules read, ${errors.length} errors, ${high.length} serious issues, ${issues.length - high.length} others`,
        ...unconverted.map(([name, reason]) => `the Splunk backend does not convert ${name}: ${reason}`),
        ...(leftOut.length === 0 ? [] : [`validators that need the network are left out: ${leftOut.join(", ")}`]),
        ported.length === 0
          ? "no ../shared: nothing compared on events"
          : `${compared} exact rules run on ${events} real events, ${hits} find some; in ${differ.length} the searches differ; ${correlations.length} correlations find the same ${counted.groups} groups`,
      ],
      wrong: [...wrong, ...differ, ...counted.differ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    python.remove();
  }
}

function ownRules() {
  const out = join(root, "out");
  return readdirSync(out, { recursive: true })
    .filter((path) => basename(path) === "sigma.yml")
    .map((path) => ({
      name: path.replace(/\/sigma\.yml$/, "").replaceAll("/", "_"),
      text: readFileSync(join(out, path), "utf8"),
    }));
}

/** Counts by group, which become correlations; how many groups pass them is the same in both searches. */
const counts = [
  "summarize n = count() by DeviceName, bin(Timestamp, 1h) | where n > 5",
  "summarize n = count() by DeviceName, bin(Timestamp, 15m) | where n >= 3",
  "summarize n = dcount(ProcessCommandLine) by DeviceName, bin(Timestamp, 1d) | where n >= 10",
];
const correlations = counts.map((count, i) => {
  const kql = `DeviceProcessEvents | where FileName in~ ("cmd.exe", "powershell.exe") | ${count}`;
  return { name: `correlation_of_shells_${i}`, kql, text: transpile(kql, { to: "sigma", name: `Shells ${i}` }).text };
});

async function sameGroups(searches) {
  const events = sysmonEvents();
  const differ = [];
  let groups = 0;
  for (const { name, kql } of correlations) {
    const ours = transpile(kql, { to: "spl", profile: "sysmon" }).text;
    const theirs = searches[name]?.at(-1) ?? "";
    const [a, b] = [await numbers(ours, ["n"], events), await numbers(theirs, ["event_count", "value_count"], events)];
    groups += a.length;
    if (a.join(" ") !== b.join(" ")) differ.push(`${name}: our search counts ${a.join(" ")}, pySigma's ${b.join(" ")}`);
  }
  return { groups, differ };
}

async function numbers(search, names, events) {
  const { columns, rows } = await runSpl(search, { events });
  const at = columns.findIndex(({ name }) => names.includes(name));
  return rows.map((row) => Number(row[at])).sort((a, b) => a - b);
}

/** Every fifth rule, as far as Sigma can say it. */
function portedRules() {
  const path = join(shared, "sigma/sigma-pairs.jsonl");
  if (!existsSync(path)) return [];
  const pairs = linesOf(readFileSync(path, "utf8")).filter(({ kql_xdr }) => kql_xdr !== null);
  const ported = pairs
    .filter((_, i) => i % 5 === 0)
    .map((pair) => ({ ...pair, ...transpile(pair.kql_xdr, { to: "sigma", info: { name: pair.title, id: pair.id } }) }))
    .filter(({ text }) => text !== "");
  return ported.slice(0, 100).map(({ path: file, kql_xdr, text, fidelity }) => {
    return { name: basename(file, ".yml"), kql: kql_xdr, text, fidelity };
  });
}

function linesOf(text) {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** Sysmon's process starts among the recorded events, as Splunk holds them. */
function sysmonEvents() {
  const text = gunzipSync(readFileSync(join(shared, "events/cim_processes.jsonl.gz"))).toString("utf8");
  return linesOf(text)
    .filter((event) => String(event.EventID) === "1")
    .map((event, number) => ({
      ...event,
      number,
      source: "XmlWinEventLog:Microsoft-Windows-Sysmon/Operational",
      EventCode: 1,
    }));
}

/** Where both our Sigma rule and our search are exact, pySigma's search of the one finds what the other finds. */
async function sameEvents(rules, searches) {
  if (rules.length === 0) return { compared: 0, hits: 0, events: 0, differ: [] };
  const events = sysmonEvents();
  const differ = [];
  let compared = 0;
  let hits = 0;
  for (const { name, kql, fidelity } of rules) {
    const ours = transpile(kql, { to: "spl", profile: "sysmon" });
    const [theirs] = searches[name] ?? [];
    if (fidelity !== "exact" || ours.fidelity !== "exact" || theirs === undefined) continue;
    const [a, b] = [await selected(ours.text, events), await selected(theirs, events)];
    compared++;
    if (a !== "") hits++;
    if (a !== b) differ.push(`${name}: our search finds ${a || "nothing"}, pySigma's ${b || "nothing"}`);
  }
  return { compared, hits, events: events.length, differ };
}

async function selected(search, events) {
  const { columns, rows } = await runSpl(`${search.trim()}\n| table number`, { events });
  const at = columns.findIndex(({ name }) => name === "number");
  return rows.map((row) => String(row[at])).join(" ");
}
