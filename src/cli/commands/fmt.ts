import { writeFile } from "node:fs/promises";
import type { Source } from "../../diagnostics/source.ts";
import { parseKqlText } from "../../kql/parse.ts";
import { printKql } from "../../kql/print.ts";
import type { Rule } from "../../rules/rule.ts";
import { formatSpl } from "../../spl/format.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { findingsIn, hasErrors, loadRule, writeFindings } from "../load-rule.ts";
import type { Terminal } from "../terminal.ts";

export interface FmtOptions {
  readonly write?: boolean;
  readonly check?: boolean;
}

/** Formats queries: to standard output, in place, or only saying which files are not formatted. */
export async function fmt(paths: readonly string[], options: FmtOptions, terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.fine;
  for (const path of paths) {
    const { rule, file, findings } = await loadRule(path);
    writeFindings(findings, terminal);
    const format = rule?.language === "spl" ? formattedSpl : formatted;
    const text = rule === null ? null : format(rule, file, terminal);
    if (text === null) {
      exitCode = exitCodes.findings;
    } else if (options.check) {
      if (text === file.text) continue;
      await terminal.out(`${path}\n`);
      exitCode = exitCodes.findings;
    } else if (options.write) {
      if (path === "-") throw new Failure("standard input cannot be written back", { hint: "leave out --write" });
      if (text !== file.text) await save(path, text);
    } else {
      await terminal.out(text);
    }
  }
  return exitCode;
}

/** The whole file with its query formatted; null where the query has errors. */
function formatted(rule: Rule, file: Source, terminal: Terminal): string | null {
  const { query, diagnostics } = parseKqlText(rule.query.text);
  const findings = findingsIn(rule.query, diagnostics);
  writeFindings(findings, terminal);
  if (query === null || hasErrors(findings)) return null;
  const text = printKql(query);
  if (parseKqlText(text).query === null) throw new Error("what was printed cannot be read again");
  return rule.query.container === undefined ? withLineEnd(text) : inContainer(rule.query, file, text);
}

function formattedSpl(rule: Rule, file: Source, terminal: Terminal): string | null {
  const { text, diagnostics } = formatSpl(rule.query.text);
  writeFindings(findingsIn(rule.query, diagnostics), terminal);
  if (text === null) return null;
  return rule.query.container === undefined ? withLineEnd(text) : inContainer(rule.query, file, text);
}

/** Puts a query back into the literal block of a YAML file that it stands in. */
function inContainer(query: Source, file: Source, text: string): string {
  const offsets = query.container?.lineOffsets ?? [];
  const lines = query.text.replace(/\s+$/, "").split("\n");
  const begin = offsets[0] ?? 0;
  const indent = begin - (file.text.lastIndexOf("\n", begin - 1) + 1);
  const end = (offsets[lines.length - 1] ?? 0) + (lines.at(-1)?.length ?? 0);
  const margin = " ".repeat(indent);
  const asWritten = lines.every((line, i) => file.text.startsWith(line, offsets[i] ?? 0));
  if (!asWritten || file.text.slice(begin - indent, begin) !== margin) {
    throw new Failure(`${file.name}: the query stands in quotes or in a folded block`, {
      hint: "write it as a literal block, `query: |`, so that it can be formatted in place",
    });
  }
  const indented = text
    .trimEnd()
    .split("\n")
    .map((line, i) => (i === 0 || line === "" ? line : margin + line))
    .join("\n");
  return file.text.slice(0, begin) + indented + file.text.slice(end);
}

function withLineEnd(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

async function save(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Failure(`${path}: cannot be written (${code})`);
  }
}
