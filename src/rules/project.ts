import { isMap, parseDocument } from "yaml";
import { type Code, codes, type Diagnostic, Diagnostics, type Severity } from "../diagnostics/diagnostic.ts";
import { noSpan } from "../diagnostics/source.ts";
import { type Fields, fieldsOf } from "./fields.ts";

/** What a severity may be set to; `off` takes the finding out. */
export const severities = ["error", "warning", "info", "off"] as const;
export type Setting = Severity | "off";

/**
 * A project of rules, as `ruleport.yml` describes it. Paths are relative to that file.
 *
 * ```yaml
 * rules: rules                  # folder of rule files
 * out: out                      # folder of what is made of them
 * targets: [spl, sigma, kql]    # all of them where absent
 * profiles: [./ours.yml]        # field mappings of your own, besides those that come with ruleport
 * schemas: [tables.yml]         # tables besides the known ones
 * macros: [macros.json]         # what the macros of SPL stand for
 * timeZone: Europe/Berlin       # of the Splunk user
 * severity:
 *   KQL221: off
 *   KQL206: error
 * verify:
 *   generate: 1000              # events to make for each comparison
 *   seed: 1
 *   events: [events.jsonl]      # given ones
 *   now: 2026-03-06T08:00:00Z
 * ```
 */
export interface Project {
  readonly rules: string;
  readonly out: string;
  /** null: all. */
  readonly targets: readonly string[] | null;
  readonly profiles: readonly string[];
  readonly schemas: readonly string[];
  readonly macros: readonly string[];
  readonly timeZone: string | null;
  readonly severity: Readonly<Partial<Record<Code, Setting>>>;
  readonly verify: {
    readonly generate: number | null;
    readonly seed: number | null;
    readonly events: readonly string[];
    readonly now: string | null;
  };
}

const keys = ["rules", "out", "targets", "profiles", "schemas", "macros", "timeZone", "severity", "verify", "$schema"];
const verifyKeys = ["generate", "seed", "events", "now"];

/** Reads a project file. Findings (FILE005) are located in it; `project` is null where one of them is an error. */
export function readProject(text: string): { project: Project | null; diagnostics: readonly Diagnostic[] } {
  const found = new Diagnostics(text);
  const document = parseDocument(text, { prettyErrors: false });
  for (const error of document.errors) {
    const message = (error.message.split("\n")[0] ?? "").replace(/[:.]?\s*$/, "");
    found.add("FILE005", { start: error.pos[0], end: error.pos[1] }, `not valid YAML: ${message}`);
  }
  if (document.contents === null && !found.failed) return { project: projectOf(null, found), diagnostics: found.list };
  if (!isMap(document.contents)) {
    if (!found.failed) found.add("FILE005", noSpan, "a project file is a map of keys such as rules and out");
    return { project: null, diagnostics: found.list };
  }
  const project = projectOf(fieldsOf(document.contents, "", found), found);
  return { project: found.failed ? null : project, diagnostics: found.list };
}

/** What holds where there is no project file. */
export const defaultProject: Project = projectOf(null, new Diagnostics(""));

function projectOf(fields: Fields | null, found: Diagnostics): Project {
  unknownKeys(fields, keys, found);
  const verify = fields?.map("verify") ?? null;
  unknownKeys(verify, verifyKeys, found);
  return {
    rules: fields?.string("rules") ?? "rules",
    out: fields?.string("out") ?? "out",
    targets: targetsOf(fields, found),
    profiles: fields?.strings("profiles") ?? [],
    schemas: fields?.strings("schemas") ?? [],
    macros: fields?.strings("macros") ?? [],
    timeZone: fields?.string("timeZone") ?? null,
    severity: severityOf(fields?.map("severity"), found),
    verify: {
      generate: verify?.number("generate") ?? null,
      seed: verify?.number("seed") ?? null,
      events: verify?.strings("events") ?? [],
      now: verify?.string("now") ?? null,
    },
  };
}

/** The ids of `targets/registry.ts`, which lies above. */
const targetIds = ["spl", "sigma", "typescript", "kql"];

function targetsOf(fields: Fields | null, found: Diagnostics): readonly string[] | null {
  const targets = fields?.strings("targets") ?? null;
  for (const target of targets ?? []) {
    if (targetIds.includes(target)) continue;
    const span = fields?.span("targets") ?? noSpan;
    found.add("FILE005", span, `there is no target "${target}"`, `use ${targetIds.join(", ")}`);
  }
  return targets;
}

/** A key that nothing reads is most often a slip of the pen, and would be silently without effect. */
function unknownKeys(fields: Fields | null, known: readonly string[], found: Diagnostics): void {
  for (const key of fields?.keys() ?? []) {
    if (known.includes(key)) continue;
    found.add("FILE005", fields?.span(key) ?? noSpan, `unknown key "${key}"`, `the keys are ${known.join(", ")}`);
  }
}

function severityOf(fields: Fields | undefined, found: Diagnostics): Project["severity"] {
  const severity: Partial<Record<Code, Setting>> = {};
  for (const name of fields?.keys() ?? []) {
    const span = fields?.span(name) ?? noSpan;
    const code = (Object.keys(codes) as Code[]).find((known) => known === name);
    if (code === undefined) {
      found.add("FILE005", span, `there is no code "${name}"`, "`ruleport explain KQL206` shows what a code means");
      continue;
    }
    const value = fields?.string(name);
    const setting = severities.find((known) => known === value);
    if (setting === undefined) found.add("FILE005", span, `a severity is one of ${severities.join(", ")}`);
    else if (codes[code].severity === "error" && setting !== "error" && !code.startsWith("CI")) {
      found.add("FILE005", span, `${code} is an error, it cannot be less`);
    } else severity[code] = setting;
  }
  return severity;
}

/** Findings with the severities of the project. */
export function withSeverities<T extends { readonly diagnostic: Diagnostic }>(
  findings: readonly T[],
  severity: Project["severity"],
): readonly T[] {
  return findings.flatMap((finding) => {
    const setting = severity[finding.diagnostic.code];
    if (setting === undefined) return [finding];
    return setting === "off" ? [] : [{ ...finding, diagnostic: { ...finding.diagnostic, severity: setting } }];
  });
}
