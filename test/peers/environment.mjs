import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A throw-away Python environment with packages, or the reason why it cannot be had. `RULEPORT_PEERS` names a folder whose
 * subfolders are kept for the next run.
 */
export function pythonWith(name, packages) {
  const kept = process.env.RULEPORT_PEERS;
  const folder = kept === undefined ? mkdtempSync(join(tmpdir(), "ruleport-peers-")) : join(kept, name);
  const remove = () => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const bin = join(folder, "bin");
  const steps = [
    ["python3", ["-m", "venv", folder], "there is no Python 3 with venv"],
    [
      join(bin, "python"),
      [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--retries",
        "1",
        "--timeout",
        "10",
        ...packages,
      ],
      `the package index does not give ${packages.join(" ")}`,
    ],
  ];
  for (const [command, args, reason] of steps) {
    const { status, error } = spawnSync(command, args, { stdio: "ignore", timeout: 100_000 });
    if (status === 0 && error === undefined) continue;
    remove();
    return { reason };
  }
  return { bin, remove };
}
