import { printSigma } from "./print.ts";
import type { SigmaRule } from "./rule.ts";
import { dateScalar, keyScalar, literalBlock, textScalar } from "./scalar.ts";

/** A correlation rule over one rule of single events, after the Sigma correlation rules specification 2. */
export interface SigmaCorrelation {
  readonly type: "event_count" | "value_count";
  /** Name of the rule whose events are counted. */
  readonly rule: string;
  /** Whether the events' own rule is converted too. */
  readonly generate: boolean;
  readonly groupBy: readonly string[];
  /** `15m`, `1h` */
  readonly timespan: string;
  readonly condition: {
    readonly operator: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
    readonly count: number;
    /** Whose values are counted; with value_count. */
    readonly field?: string;
  };
}

export type CorrelationMetadata = Omit<SigmaRule, "logsource" | "searches" | "condition" | "name">;

const indent = "    ";

/** Two documents: the rule of single events, and the one that counts them, which carries what is said about the rule. */
export function printCorrelated(
  events: SigmaRule,
  about: CorrelationMetadata,
  correlation: SigmaCorrelation,
  remarks: readonly string[],
): string {
  return `${printSigma(events)}---\n${printCorrelation(about, correlation, remarks)}`;
}

function printCorrelation(
  about: CorrelationMetadata,
  { type, rule, generate, groupBy, timespan, condition }: SigmaCorrelation,
  remarks: readonly string[],
): string {
  const list = (key: string, values: readonly string[] | undefined, indentation = ""): string[] =>
    values === undefined || values.length === 0
      ? []
      : [`${indentation}${key}:`, ...values.map((value) => `${indentation}${indent}- ${textScalar(value)}`)];
  const optional = (key: string, value: string | undefined, print: (text: string) => string): string[] =>
    value === undefined ? [] : [`${key}: ${print(value)}`];
  const lines = [
    `title: ${textScalar(about.title)}`,
    ...optional("id", about.id, textScalar),
    ...optional("status", about.status, textScalar),
    ...optional("description", about.description, (text) => literalBlock(text, indent) ?? textScalar(text)),
    ...list("references", about.references),
    ...optional("author", about.author, textScalar),
    ...optional("date", about.date, dateScalar),
    ...optional("modified", about.modified, dateScalar),
    ...list("tags", about.tags),
    ...remarks.map((remark) => `# ${remark.replace(/[\p{Cc}\u2028\u2029]+/gu, " ")}`),
    "correlation:",
    `${indent}type: ${type}`,
    ...list("rules", [rule], indent),
    `${indent}generate: ${generate}`,
    ...list("group-by", groupBy, indent),
    `${indent}timespan: ${timespan}`,
    `${indent}condition:`,
    ...(condition.field === undefined ? [] : [`${indent}${indent}field: ${keyScalar(condition.field)}`]),
    `${indent}${indent}${condition.operator}: ${condition.count}`,
    ...list("falsepositives", about.falsePositives),
    ...optional("level", about.level, textScalar),
  ];
  return `${lines.join("\n")}\n`;
}
