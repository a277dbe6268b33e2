import { join } from "node:path";
import { compileKql } from "../compile.ts";
import { type AppPart, splunkApp } from "../content/splunk/app.ts";
import type { Finding } from "../diagnostics/findings.ts";
import { readRule } from "../rules/read.ts";
import { queriesOf, type Rule } from "../rules/rule.ts";
import { Failure } from "./failure.ts";
import { jsonText } from "./json-text.ts";
import { findingsIn, hasErrors } from "./load-rule.ts";
import { noteToJson } from "./notes.ts";
import { type PortedRule, type PortOptions, portRule } from "./port-rule.ts";
import { readText } from "./read-text.ts";
import { appFolder, type Carried, type RuleContent, ruleContent } from "./rule-content.ts";
import { ruleFilesIn } from "./rule-files.ts";
import { ruleFindings, splFindings } from "./rule-findings.ts";

export const indexFile = "index.json";

/** A rule of the folder, with everything that it was ported to. */
export interface BuiltRule {
  /** Relative to the folder of rules. */
  readonly file: string;
  readonly rule: Rule;
  readonly ports: readonly PortedRule[];
  /** What platforms deploy of it. */
  readonly content: RuleContent;
  /** What it cannot do, and how it is deployed wrongly; notes too. */
  readonly warnings: readonly Finding[];
}

export interface BuiltFolder {
  readonly rules: readonly BuiltRule[];
  /** What is wrong with rules; those with errors are not in `rules`. */
  readonly findings: readonly Finding[];
  /** How many warnings `check` has for the rules. */
  readonly warnings: number;
  /** Path below the output folder → content. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Ports every rule of a folder. The output mirrors it: `a/b.yml` becomes the folder `a/b` with one file for each target and
 * each format that a platform deploys, and `index.json` says how exact each of them is and why. One app of Splunk holds all
 * rules. The same rules always give the same files.
 */
export async function buildFolder(
  folder: string,
  options: PortOptions,
  known: RuleMemory = new Map(),
): Promise<BuiltFolder> {
  const rules: BuiltRule[] = [];
  const findings: Finding[] = [];
  const files = new Map<string, string>();
  let warnings = 0;
  for (const file of await ruleFilesIn(folder)) {
    const { text } = await readText(join(folder, file));
    const before = known.get(file);
    const made = before?.text === text ? before : { text, ...buildRule(folder, file, text, options) };
    known.set(file, made);
    findings.push(...made.findings);
    if (made.built === null) continue;
    warnings += made.built.warnings.filter(({ diagnostic }) => diagnostic.severity === "warning").length;
    rules.push(made.built);
    const { ports, content } = made.built;
    for (const port of ports) if (port.file !== null) add(files, `${folderOf(file)}/${port.file}`, port.text);
    for (const { file: path, text: contentText } of content.built)
      if (path !== null && contentText !== null) add(files, `${folderOf(file)}/${path}`, contentText);
  }
  const app = splunkApp(appParts(rules));
  for (const [path, text] of app) add(files, `${appFolder}/${path}`, text);
  const appFiles = [...app.keys()].map((path) => ({ file: `${appFolder}/${path}` }));
  files.set(indexFile, `${jsonText({ rules: rules.map(indexEntry), app: appFiles }, 2)}\n`);
  return { rules, findings, warnings, files };
}

/** What was made of each rule file, for builds that come after each other: a file that did not change is not ported again. */
export type RuleMemory = Map<string, MadeRule & { readonly text: string }>;

interface MadeRule {
  /** null where an error stands in the way. */
  readonly built: BuiltRule | null;
  readonly findings: readonly Finding[];
}

function buildRule(folder: string, file: string, text: string, options: PortOptions): MadeRule {
  const source = { name: join(folder, file), text };
  const { rule, diagnostics } = readRule(text, source.name);
  const findings = [...findingsIn(source, diagnostics), ...(rule === null ? [] : queryFindings(rule, options))];
  if (rule === null || hasErrors(findings)) return { built: null, findings };
  const ports = portRule(rule, options);
  const content = ruleContent(rule, file, ports, options);
  const warnings = ruleFindings(rule, source, options).filter(({ diagnostic }) => diagnostic.severity !== "error");
  return { built: { file, rule, ports, content, warnings }, findings };
}

/** Two rules of one name would be one stanza. */
function appParts(rules: readonly BuiltRule[]): readonly AppPart[] {
  const parts = new Map<string, AppPart>();
  for (const { file, content } of rules) {
    if (content.app === null) continue;
    const { name } = content.app.stanza;
    if (parts.has(name)) {
      throw new Failure(`${file}: another rule is called ${JSON.stringify(name)} in Splunk too`, {
        hint: "rename one of the rules",
      });
    }
    parts.set(name, content.app);
  }
  return [...parts.values()];
}

/** Names of variants and profiles come from files: none leads out of the folder, or to what another one wrote. */
function add(files: Map<string, string>, path: string, text: string): void {
  if (path.split("/").some((part) => !/^[^\\:*?"<>|\p{Cc}]+$/u.test(part) || /^\.+$/.test(part))) {
    throw new Failure(`${JSON.stringify(path)} cannot be the name of a file`, {
      hint: "rename the variant or profile",
    });
  }
  if (files.has(path)) {
    throw new Failure(`two outputs would be called ${path}`, { hint: "rename one of the rules, variants or profiles" });
  }
  files.set(path, text);
}

function queryFindings(rule: Rule, options: PortOptions): Finding[] {
  return queriesOf(rule).flatMap(({ query }) => {
    const { language } = rule;
    return findingsIn(
      query,
      language === "spl" ? splFindings(query, options.macros) : compileKql(query.text, options).diagnostics,
    );
  });
}

function folderOf(file: string): string {
  return file.replace(/\.[^./]*$/, "");
}

function indexEntry({ file, rule, ports, content }: BuiltRule): object {
  return {
    rule: file,
    name: rule.name,
    id: rule.info.id,
    version: rule.fields.version,
    outputs: ports.map((port) => ({
      target: port.target.id,
      profile: port.profile ?? undefined,
      flavour: port.flavour ?? undefined,
      variant: port.variant ?? undefined,
      file: port.file === null ? null : `${folderOf(file)}/${port.file}`,
      fidelity: port.fidelity,
      notes: port.notes.map((note) => noteToJson(port.query, note)),
    })),
    content: [
      ...content.built.map(({ id, file: path, carries, notes }) => ({
        content: id,
        ...editionOf(carries),
        file: path === null ? null : `${folderOf(file)}/${path}`,
        notes,
      })),
      {
        content: "splunk-app",
        ...editionOf(content.appCarries),
        stanza: content.app?.stanza.name ?? null,
        notes: content.appNotes,
      },
    ],
  };
}

/** Which of the outputs a format carries. */
function editionOf(carries: Carried | null): object {
  if (carries === null) return {};
  const { profile, flavour, fidelity } = carries;
  return { profile: profile ?? undefined, flavour: flavour ?? undefined, fidelity };
}
