import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pythonWith } from "./environment.mjs";

const out = resolve(import.meta.dirname, "../../out");
const title = "contentctl";

/** The detections of `out/` in a project that contentctl made, validated by it. */
export async function checkSecurityContent() {
  const python = pythonWith("contentctl", ["contentctl==5.6.2"]);
  if (python.reason !== undefined) return { title, skipped: python.reason };
  const folder = mkdtempSync(join(tmpdir(), "ruleport-contentctl-"));
  const run = (...args) =>
    spawnSync(join(python.bin, "contentctl"), args, { cwd: folder, encoding: "utf8", timeout: 100_000 });
  try {
    const made = run("init");
    if (made.status !== 0) return { title, skipped: `contentctl init does not run here: ${tail(made)}` };
    const files = readdirSync(out, { recursive: true }).filter((path) => /\/security_content\/[^/]+\.yml$/.test(path));
    mkdirSync(join(folder, "detections/endpoint"), { recursive: true });
    for (const path of files) copyFileSync(join(out, path), join(folder, "detections/endpoint", basename(path)));
    const validated = run("validate");
    const wrong =
      validated.status === 0 ? [] : [`contentctl validate ended with ${validated.status}: ${tail(validated)}`];
    return { title, lines: wrong.length > 0 ? [] : [`validates ${files.length} detections`], wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    python.remove();
  }
}

function tail({ stdout, stderr }) {
  return `${stdout ?? ""}${stderr ?? ""}`.trim().slice(-1500);
}
