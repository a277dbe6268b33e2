/** How long `ruleport check` of one small file takes, beside Node itself: whole processes in turns, median of wall times. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, table } from "./figures.mjs";

const command = fileURLToPath(new URL("../dist/bin/ruleport.js", import.meta.url));

export function start(options) {
  const rounds = Number(options[0] ?? 15);
  const folder = mkdtempSync(join(tmpdir(), "ruleport-bench-"));
  const rule = join(folder, "rule.kql");
  writeFileSync(rule, 'DeviceProcessEvents\n| where Timestamp > ago(1d)\n| where FileName =~ "net.exe"\n');
  const node = [];
  const check = [];
  for (let round = 0; round <= rounds; round++) {
    const times = [
      ["-e", "0"],
      [command, "check", rule],
    ].map(timed);
    // The first round warms the file cache.
    if (round === 0) continue;
    node.push(times[0]);
    check.push(times[1]);
  }
  rmSync(folder, { recursive: true });
  table(
    ["", "ms", "least", "most"],
    [
      ["node -e 0", median(node), Math.min(...node), Math.max(...node)],
      ["ruleport check", median(check), Math.min(...check), Math.max(...check)],
    ],
  );
  const bound = 2 * median(node) + 60;
  process.stdout.write(`\nthe goal is ${Math.round(bound)} ms, twice Node and 60 ms\n`);
}

function timed(args) {
  const begin = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
  return performance.now() - begin;
}
