import { compileKql } from "../compile.ts";
import type { ContentFormat, ContentInput, ContentNote, Ported, SplunkSearch } from "../content/content.ts";
import { contents } from "../content/registry.ts";
import { type AppPart, appName, appPart } from "../content/splunk/app.ts";
import { contentName } from "../content/splunk/name.ts";
import { fidelityOf, type Note } from "../diagnostics/fidelity.ts";
import { profileFor, targetFor } from "../emit-plan.ts";
import { fieldOf, mappingOf, type Profile } from "../fields/profile.ts";
import { inputsOf } from "../plan/children.ts";
import type { Plan, Relation } from "../plan/nodes.ts";
import type { Flavour, Rule } from "../rules/rule.ts";
import { transpile } from "../transpile.ts";
import { transpileSpl } from "../transpile-spl.ts";
import type { Column } from "../types/scalar-type.ts";
import type { PortedRule, PortOptions } from "./port-rule.ts";

/** One thing to deploy that was made of a rule. */
export interface BuiltContent {
  readonly id: string;
  /** Path below the rule's folder; null where there is none. */
  readonly file: string | null;
  readonly text: string | null;
  /** The query that it carries; null for none. */
  readonly carries: Carried | null;
  readonly notes: readonly ContentNote[];
}

/** Which edition of the query, and how close it is to the rule's own. */
export type Carried = Pick<Ported, "profile" | "flavour" | "fidelity">;

export interface RuleContent {
  readonly built: readonly BuiltContent[];
  /** The rule's part in the app of the folder. */
  readonly app: AppPart | null;
  readonly appCarries: Carried | null;
  readonly appNotes: readonly ContentNote[];
}

/** Everything that platforms deploy of a rule's own query. */
export function ruleContent(rule: Rule, path: string, ports: readonly PortedRule[], options: PortOptions): RuleContent {
  const input = contentInput(rule, path, ports, options);
  const built = contents
    .filter((format) => format.applies(input))
    .map((format): BuiltContent => {
      const { text, notes } = format.emit(input);
      const file = text === null ? null : format.file(input);
      return { id: format.id, file, text, carries: text === null ? null : carriedBy(format, input), notes };
    });
  const appNotes: ContentNote[] = [];
  const app = appPart(input, appNotes);
  return { built, app, appCarries: app === null ? null : carried(input.spl), appNotes };
}

function carriedBy({ needs }: ContentFormat, input: ContentInput): Carried | null {
  if (needs === null) return null;
  return carried(needs.target === "kql" ? input.kql(needs.flavour) : input.spl);
}

function carried(port: Ported | null): Carried | null {
  return port && { profile: port.profile, flavour: port.flavour, fidelity: port.fidelity };
}

/** Path of the app below the output folder. */
export const appFolder = appName;

function contentInput(given: Rule, path: string, ports: readonly PortedRule[], options: PortOptions): ContentInput {
  const { rule, notes } = inKql(given, options);
  const { plan, columns } = compileKql(rule.query.text, options);
  const tables = plan === null ? [] : tablesOf(plan);
  return {
    rule,
    path,
    tables,
    columns: plan === null || isOpen(plan) ? null : columns,
    kql: once((flavour) => withNotes(asWritten(rule, flavour, options), notes)),
    spl: given.language === "spl" ? ownSearch(given) : splunkSearch(rule, plan, tables, options),
    ports: ports.map((port) => ({ variant: port.variant, port: portedOf(port) })),
  };
}

/** The rule with its query in KQL, which is empty where a search cannot be said in KQL, and what that port says about itself. */
function inKql(rule: Rule, { schemas, macros }: PortOptions): { readonly rule: Rule; readonly notes: readonly Note[] } {
  if (rule.language === "kql") return { rule, notes: [] };
  const given = macros === undefined ? {} : { macros };
  const { text, notes } = transpileSpl(rule.query.text, { to: "kql", schemas, ...given });
  return { rule: { ...rule, query: { name: rule.query.name, text } }, notes };
}

function withNotes(port: Ported, more: readonly Note[]): Ported {
  if (more.length === 0) return port;
  const notes = [...more, ...port.notes];
  return { ...port, notes, fidelity: fidelityOf(notes) };
}

/** A rule that is a search is deployed as it is written. */
function ownSearch(rule: Rule): SplunkSearch {
  return {
    target: "spl",
    title: "Splunk SPL",
    profile: null,
    flavour: null,
    file: null,
    text: rule.query.text,
    fidelity: "exact",
    notes: [],
    name: contentName(rule.name),
    fieldOf: (column) => column,
  };
}

/** Several formats carry the same query. */
function once(port: (flavour: Flavour) => Ported): (flavour: Flavour) => Ported {
  const known = new Map<Flavour, Ported>();
  return (flavour) => {
    const found = known.get(flavour) ?? port(flavour);
    known.set(flavour, found);
    return found;
  };
}

function portedOf(port: PortedRule): Ported {
  const { target, profile, flavour, file, text, fidelity, notes } = port;
  return { target: target.id, title: target.title, profile, flavour, file, text, fidelity, notes };
}

/** The query to the letter where it needs no other time column, else as it is emitted for the flavour. */
function asWritten(rule: Rule, flavour: Flavour, { schemas }: PortOptions): Ported {
  const emitted = transpile(rule.query.text, { to: "kql", flavour, schemas });
  const plain = transpile(rule.query.text, { to: "kql", schemas });
  const { fidelity, notes } = emitted;
  const text = emitted.text === plain.text ? rule.query.text : emitted.text;
  return { target: "kql", title: "KQL", profile: null, flavour, file: null, text, fidelity, notes };
}

/** What Splunk's content is written for, the first that has all fields of the rule: what it names itself, then the usual. */
const preferred = ["cim", "sysmon", "defender"] as const;

function splunkSearch(
  rule: Rule,
  plan: Plan | null,
  tables: readonly string[],
  options: PortOptions,
): SplunkSearch | null {
  const target = targetFor("spl");
  const name = contentName(rule.name);
  for (const wanted of [...options.profiles, ...preferred]) {
    const { text, fidelity, notes } = transpile(rule.query.text, {
      to: "spl",
      profile: wanted,
      macros: true,
      schemas: options.schemas,
      info: rule.info,
      name,
    });
    if (fidelity === "unsupported") continue;
    const profile = profileFor(target, wanted);
    const port = { target: "spl", title: target.title, flavour: null, file: null, text, fidelity, notes };
    const whole = notes.some((note) => note.cause === "event-fields");
    return {
      ...port,
      name,
      profile: profile?.name ?? null,
      fieldOf: (column) => splunkField(column, whole && profile ? { profile, table: tables[0] ?? "" } : null, plan),
    };
  }
  return null;
}

/** The field that holds a column of the result: the profile's where the result is whole events, else of the same name. */
function splunkField(
  column: string,
  events: { readonly profile: Profile; readonly table: string } | null,
  plan: Plan | null,
): string | null {
  if (plan?.body.columns.some((c: Column) => c.name === column) !== true) return null;
  if (events === null) return /^\w+$/.test(column) ? column : null;
  const mapping = mappingOf(events.profile, events.table);
  const field = mapping === undefined ? undefined : fieldOf(mapping, column);
  if (field === undefined) return /^\w+$/.test(column) ? column : null;
  return field.kind === "field" ? field.field : null;
}

/** Tables of events that a plan reads, in the order of their first use. */
function tablesOf(plan: Plan): readonly string[] {
  const found = new Set<string>();
  const visit = (relation: Relation): void => {
    if (relation.kind === "scan") found.add(relation.table);
    inputsOf(relation).forEach(visit);
  };
  for (const part of plan.lets) if (part.kind === "table") visit(part.value);
  visit(plan.body);
  return [...found];
}

/** Whether the result may have columns that nobody declared. */
function isOpen(plan: Plan): boolean {
  let at = plan.body;
  while (at.kind !== "project" && at.kind !== "aggregate") {
    if (at.kind === "scan" || at.kind === "opaque" || at.kind === "table") return at.kind !== "scan" || at.open;
    if (!("input" in at)) return true;
    at = at.input;
  }
  return false;
}
