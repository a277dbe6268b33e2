import type { Rule } from "../rules/rule.ts";
import { Timespan, ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond } from "../types/time.ts";

/** What a rule file says that its query has to fit to. */
export interface RuleFacts {
  /** Whether a schedule runs the query, which then sets how far back it looks. */
  readonly scheduled: boolean;
  /** How far back a Sentinel rule's query sees; null where the file does not say. */
  readonly period: Timespan | null;
  /** Columns that the file takes from the result, and what for. */
  readonly needs: readonly { readonly column: string; readonly what: string }[];
}

/** A query that somebody runs by hand. */
export const noRule: RuleFacts = { scheduled: false, period: null, needs: [] };

/** Reads what matters to warnings from a rule file in Sentinel's form, or from one for Defender's custom detections. */
export function ruleFactsOf(rule: Rule): RuleFacts {
  const { fields } = rule;
  const custom =
    isRecord(fields.detectionAction) ||
    (typeof fields.kind === "string" && /^custom ?detection/i.test(fields.kind)) ||
    (rule.deployment.schedule !== undefined && rule.flavours.includes("defender"));
  return {
    scheduled:
      ["queryPeriod", "queryFrequency", "schedule", "frequency"].some((key) => fields[key] !== undefined) || custom,
    period: typeof fields.queryPeriod === "string" ? periodOf(fields.queryPeriod) : null,
    needs: [...entityColumns(fields), ...detailColumns(fields), ...(custom ? customColumns(rule) : [])],
  };
}

/** Defender finds an event again by these; `DeviceId` is in the tables about devices. */
function customColumns({ query }: Rule): RuleFacts["needs"] {
  const aboutDevices = /\bDevice[A-Z]\w*/.test(query.text);
  const columns = ["Timestamp", ...(aboutDevices ? ["DeviceId"] : []), "ReportId"];
  return columns.map((column) => ({ column, what: "a custom detection" }));
}

function* entityColumns(fields: Rule["fields"]): Iterable<RuleFacts["needs"][number]> {
  for (const entity of listOf(fields.entityMappings)) {
    for (const mapping of listOf(entity.fieldMappings)) {
      const type = typeof entity.entityType === "string" ? entity.entityType : "";
      if (typeof mapping.columnName === "string")
        yield { column: mapping.columnName, what: `the entity ${type}`.trim() };
    }
  }
}

function* detailColumns(fields: Rule["fields"]): Iterable<RuleFacts["needs"][number]> {
  const details = fields.customDetails;
  if (!isRecord(details)) return;
  for (const [name, column] of Object.entries(details)) {
    if (typeof column === "string") yield { column, what: `the custom detail ${name}` };
  }
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `14d`, `1h`, `30m` as Sentinel's YAML has it, or `P14D`, `PT1H` as its templates have it. */
function periodOf(text: string): Timespan | null {
  const short = /^(\d{1,6})([dhms])$/i.exec(text.trim());
  const unit: Readonly<Record<string, bigint>> = {
    d: ticksPerDay,
    h: ticksPerHour,
    m: ticksPerMinute,
    s: ticksPerSecond,
  };
  if (short) return new Timespan(BigInt(short[1] ?? 0) * (unit[(short[2] ?? "").toLowerCase()] ?? 0n));
  const iso = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/i.exec(text.trim());
  if (!iso) return null;
  const [, days, hours, minutes, seconds] = iso;
  const ticks =
    BigInt(days ?? 0) * ticksPerDay + BigInt(hours ?? 0) * ticksPerHour + BigInt(minutes ?? 0) * ticksPerMinute;
  return new Timespan(ticks + BigInt(seconds ?? 0) * ticksPerSecond);
}
