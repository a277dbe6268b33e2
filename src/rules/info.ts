import { parseDuration } from "./duration.ts";
import type { Fields } from "./fields.ts";
import type { RuleInfo } from "./rule-info.ts";

/** Sentinel's. */
const severities = ["Informational", "Low", "Medium", "High"] as const;

/** What a rule file says besides the query; `own` is the part under `ruleport`. */
export function readInfo(fields: Fields, own: Fields | undefined, fallbackName: string): RuleInfo {
  const info: { -readonly [K in keyof RuleInfo]: RuleInfo[K] | undefined } = {
    id: fields.string("id"),
    name: fields.string("name") ?? fallbackName,
    description: unquoted(fields.string("description")),
    author: fields.map("metadata")?.map("author")?.string("name"),
    date: own?.string("date"),
    modified: own?.string("modified"),
    status: fields.string("status"),
    severity: fields.oneOf("severity", severities),
    tactics: fields.strings("tactics"),
    techniques: fields.strings("relevantTechniques") ?? fields.strings("techniques"),
    references: own?.strings("references"),
    falsePositives: own?.strings("falsePositives"),
    period: parseDuration(fields.string("queryPeriod") ?? fields.string("queryFrequency") ?? ""),
  };
  return withoutAbsent(info);
}

/** Sentinel's files often have the whole description in quotes inside a block. */
function unquoted(description: string | undefined): string | undefined {
  const text = description?.trim();
  if (text === undefined || text.length < 2) return text;
  const quote = text[0];
  const inside = text.slice(1, -1);
  return (quote === "'" || quote === '"') && text.endsWith(quote) && !inside.includes(quote) ? inside.trim() : text;
}

function withoutAbsent<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> };
function withoutAbsent(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
