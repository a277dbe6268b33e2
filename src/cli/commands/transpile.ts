import { toJson } from "../../diagnostics/findings.ts";
import type { Source } from "../../diagnostics/source.ts";
import { profiles } from "../../fields/profiles.ts";
import type { Flavour } from "../../rules/rule.ts";
import type { Macros } from "../../spl/macros.ts";
import { type Transpiled, transpile as transpileKql } from "../../transpile.ts";
import { transpileSpl } from "../../transpile-spl.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { jsonText } from "../json-text.ts";
import { findingsIn, loadQuery, writeFindings } from "../load-rule.ts";
import { fidelityStyles, noteToJson, renderNote } from "../notes.ts";
import { loadProfile } from "../profile-option.ts";
import { loadSchemas } from "../schema-files.ts";
import { loadMacros } from "../spl-file.ts";
import { paint, type Terminal } from "../terminal.ts";

export interface TranspileOptions {
  readonly to: string;
  readonly profile?: string;
  readonly flavour?: Flavour;
  readonly variant?: string;
  readonly from?: string;
  readonly macroFile?: readonly string[];
  readonly macros?: boolean;
  readonly standalone?: boolean;
  readonly schema?: readonly string[];
  readonly format: "text" | "json";
}

/** Ports one rule: its text goes to standard output, what there is to say about it to standard error. */
export async function transpile(path: string, options: TranspileOptions, terminal: Terminal): Promise<ExitCode> {
  const schemas = await loadSchemas(options.schema);
  const profile = options.profile === undefined ? undefined : await loadProfile(options.profile, options.to, terminal);
  const { rule, query } = await loadQuery(path, options.variant, terminal);
  const common = {
    to: options.to,
    schemas,
    name: rule.name,
    info: rule.info,
    standalone: options.standalone ?? false,
    ...(profile === undefined ? {} : { profile }),
    ...(options.flavour === undefined ? {} : { flavour: options.flavour }),
  };
  const result =
    rule.language === "spl"
      ? transpileSpl(query.text, { ...common, ...(await searchOptions(options)) })
      : transpileKql(query.text, { ...common, macros: options.macros ?? false });
  if (options.format === "json") await terminal.out(`${jsonText(asJson(query, result), 2)}\n`);
  else {
    writeFindings(findingsIn(query, result.diagnostics), terminal);
    for (const note of result.notes) terminal.err(`${renderNote(query, note, terminal)}\n`);
    if (result.diagnostics.every((d) => d.severity !== "error")) {
      terminal.err(`${paint(terminal.errColor, fidelityStyles[result.fidelity], result.fidelity)}\n`);
    }
    if (result.text !== "") await terminal.out(result.text.endsWith("\n") ? result.text : `${result.text}\n`);
  }
  return result.fidelity === "unsupported" ? exitCodes.findings : exitCodes.fine;
}

/** What is said of an SPL search: whose fields it has, and what its macros stand for. */
async function searchOptions({ from, macroFile }: TranspileOptions): Promise<{ from?: string; macros?: Macros }> {
  if (from !== undefined && !profiles.has(from)) {
    throw new Failure(`there is no profile ${JSON.stringify(from)}`, {
      hint: `profiles are ${[...profiles.keys()].join(", ")}`,
    });
  }
  const macros = await loadMacros(macroFile);
  return { ...(from === undefined ? {} : { from }), ...(macros === undefined ? {} : { macros }) };
}

function asJson(query: Source, result: Transpiled): object {
  return {
    fidelity: result.fidelity,
    text: result.text,
    notes: result.notes.map((note) => noteToJson(query, note)),
    diagnostics: findingsIn(query, result.diagnostics).map(toJson),
  };
}
