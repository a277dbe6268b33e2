import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { Diagnostics } from "./diagnostics/diagnostic.ts";
import { QueryError } from "./diagnostics/query-error.ts";
import type { Macros } from "./spl/macros.ts";
import { parseSplText } from "./spl/parse.ts";
import { SplProblem } from "./splunk/problem.ts";
import { runSplTree, type SplCell, type SplRunOptions } from "./splunk/run.ts";

export interface RunSplOptions extends Omit<SplRunOptions, "now" | "macros"> {
  /** Macros by name; without one that the search calls the search cannot run. */
  readonly macros?: Macros;
  /** The time at which the search begins: ISO text, a Date or epoch seconds; the clock's by default. */
  readonly now?: string | Date | number;
}

export interface SplRows {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: SplCell[][];
  /** Limits that cut, and rules that Splunk's documentation leaves open. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Runs an SPL search on events as Splunk would. Throws a QueryError for a text that cannot be read and for what cannot be run, with the
 * place in the text.
 */
export async function runSpl(text: string, options: RunSplOptions = {}): Promise<SplRows> {
  const { macros = {}, now, ...rest } = options;
  const { pipeline, diagnostics } = parseSplText(text, { macros });
  if (pipeline === null) throw new QueryError(diagnostics.filter((d) => d.severity === "error"));
  const whole = { start: 0, end: text.length };
  try {
    const { columns, rows, warnings } = await runSplTree(pipeline, { ...rest, macros, now: epochOf(now) });
    const findings = new Diagnostics(text);
    for (const { code, span, message } of warnings) findings.add(code, span ?? whole, message);
    return { columns, rows, warnings: findings.list };
  } catch (error) {
    if (!(error instanceof SplProblem)) throw error;
    const findings = new Diagnostics(text);
    findings.add(error.code, error.span ?? whole, error.message, error.hint);
    throw new QueryError(findings.list);
  }
}

function epochOf(now: string | Date | number | undefined): number {
  const time = now === undefined ? Date.now() / 1000 : typeof now === "number" ? now : new Date(now).getTime() / 1000;
  if (!Number.isFinite(time))
    throw new RangeError(`\`${String(now)}\` is not a time; write it as 2026-01-31T12:00:00Z`);
  return time;
}
