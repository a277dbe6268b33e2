/**
 * Runs the rules over real events repeated to a large file of JSON lines, against DuckDB that filters the same rows by SQL
 * from the same file: the ratio of the times, events per second, and peak memory. Every measurement is a process of its own.
 */
import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { median, table } from "./figures.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const rules = fileURLToPath(new URL("../rules/", import.meta.url));

export async function run(shared, options) {
  const megabytes = Number(options[0] ?? 500);
  const rounds = Number(options[1] ?? 3);
  const scratch = mkdtempSync(join(tmpdir(), "ruleport-bench-"));
  try {
    const events = join(scratch, "events.jsonl");
    const one = join(scratch, "once.jsonl");
    const source = gunzipSync(readFileSync(join(shared, "events/DeviceProcessEvents.jsonl.gz")));
    writeFileSync(one, source);
    const count = writeEvents(events, source, megabytes * 1e6);
    process.stdout.write(
      `${count} events, ${Math.round(statSync(events).size / 1e6)} MB, median of ${rounds} rounds\n`,
    );
    const rows = [];
    const query = join(scratch, "groups.kql");
    writeFileSync(query, `DeviceProcessEvents\n| ${groups.kql}\n`);
    const measures = [
      ...Object.entries(filters).map(([rule, filter]) => ({ name: rule, path: join(rules, `${rule}.yml`), filter })),
      { name: "groups by device and program", path: query, filter: groups },
    ];
    for (const { name, path, filter } of measures) {
      if (!existsSync(path)) throw new Error(`there is no rule ${path}`);
      const counts = [measured(["count", filter.kql, one]).count, measured(["duckdb", filter.sql, one]).count];
      const ours = [];
      const theirs = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(measured(["ruleport", path, events]));
        theirs.push(measured(["duckdb", filter.sql, events]));
      }
      const ratio = median(ours.map((m, i) => theirs[i].seconds / m.seconds));
      const seconds = median(ours.map((m) => m.seconds));
      rows.push([
        name,
        counts.join(" = "),
        seconds,
        median(theirs.map((m) => m.seconds)),
        ratio,
        count / seconds,
        Math.max(...ours.map((m) => m.megabytes)),
        Math.max(...theirs.map((m) => m.megabytes)),
      ]);
    }
    table(
      ["rule", "rows of one copy", "s", "DuckDB s", "times DuckDB's speed", "events/s", "peak MB", "DuckDB peak MB"],
      rows,
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** `pattern` between two places that are no letter or digit: what `has` means for text in ASCII. */
const term = (pattern) => `(?i)(^|[^a-z0-9])${pattern}([^a-z0-9]|$)`;
const command = "lower(ProcessCommandLine)";

/** The row filters of the rules: in SQL, as one would write them for DuckDB, and as KQL to see that both count the same rows. */
const filters = {
  net_use_credentials_in_batch_script: {
    sql: `lower(FileName) = 'net.exe' AND InitiatingProcessCommandLine <> '"cmd.exe" '
      AND regexp_matches(ProcessCommandLine, '${term("use")}') AND contains(${command}, '/user:')`,
    kql: String.raw`where FileName =~ "net.exe" | where InitiatingProcessCommandLine != @'"cmd.exe" '
      | where ProcessCommandLine has_all("use", "/user:")`,
  },
  net_query_statistics: {
    sql: `CAST("Timestamp" AS TIMESTAMP) > TIMESTAMP '2020-08-23 00:00:00' AND FileName IN ('net.exe', 'net1.exe')
      AND regexp_matches(ProcessCommandLine, '${term("(accounts|group|user|localgroup)")}') AND AccountUpn <> ''`,
    kql: `where Timestamp > startofday(ago(30d)) | where FileName in ("net.exe", "net1.exe")
      | where ProcessCommandLine has_any ("accounts", "group", "user", "localgroup") | where isnotempty(AccountUpn)`,
  },
  net_group_and_account_recon: {
    sql: String.raw`ActionType = 'ProcessCreated' AND regexp_matches(lower(FolderPath), '\\net1?\.exe$')
      AND regexp_matches(ProcessCommandLine, '(?i) (group|localgroup) ')
      AND (regexp_matches(ProcessCommandLine, '(?i)(^|[^a-z0-9])(domain admins|enterprise admins|exchange trusted subsystem|remote desktop users)([^a-z0-9]|$)| (administrators|administrateur|/do)([^a-z0-9]|$)')
        AND NOT contains(lower(ProcessCommandLine), ' /add')
        OR contains(lower(ProcessCommandLine), ' accounts ') AND contains(lower(ProcessCommandLine), ' /do'))`,
    kql: String.raw`where ActionType == "ProcessCreated" | where FolderPath endswith @"\net.exe" or FolderPath endswith @"\net1.exe"
      | where ProcessCommandLine has_any (" group ", " localgroup ")
      | where ProcessCommandLine has_any ("domain admins", " administrators", " administrateur", "enterprise admins",
          "Exchange Trusted Subsystem", "Remote Desktop Users", " /do") and not(ProcessCommandLine contains " /add")
        or ProcessCommandLine contains " accounts " and ProcessCommandLine contains " /do"`,
  },
  windows_network_connection_discovery_via_net: {
    sql: `(lower(FileName) IN ('net.exe', 'net1.exe') OR lower(ProcessVersionInfoOriginalFileName) IN ('net.exe', 'net1.exe'))
      AND ends_with(${command}, 'use')`,
    kql: `where FileName in~ ("net.exe", "net1.exe") or ProcessVersionInfoOriginalFileName in~ ("net.exe", "net1.exe")
      | where ProcessCommandLine endswith "use"`,
  },
};

/** An aggregation with few groups: memory must not grow with the file. */
const groups = {
  sql: `SELECT count(*) FROM (SELECT DeviceName, lower(FileName) AS name, count(*), count(DISTINCT AccountName), min("Timestamp"),
      max("Timestamp"), max(length(ProcessCommandLine)) FROM EVENTS GROUP BY ALL)`,
  kql: `summarize starts = count(), accounts = count_distinct(AccountName), firstStart = min(Timestamp), lastStart = max(Timestamp),
      longest = max(strlen(ProcessCommandLine)) by DeviceName, name = tolower(FileName)`,
};

function writeEvents(path, text, size) {
  const lines = text.toString("utf8").trimEnd().split("\n").length;
  const file = openSync(path, "w");
  let copies = 0;
  for (let written = 0; written < size; copies++) written += writeSync(file, text);
  closeSync(file);
  return copies * lines;
}

function measured(args) {
  const done = spawnSync(process.execPath, [join(folder, "run-one.mjs"), ...args], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}
