/** A rule as another platform's file gives it, in the field names of rule files. */
export interface ImportedRule {
  readonly name: string;
  readonly language: "kql" | "spl";
  readonly query: string;
  /** Other queries of the same rule, by name. */
  readonly variants: Readonly<Record<string, string>>;
  /** Fields of the rule file besides `name` and `query`; absent and empty ones are left out when it is written. */
  readonly fields: RuleFields;
  /** What stands under `ruleport`. */
  readonly own: RuleFields;
  /** What the file says and a rule file has no place for, by its name there. */
  readonly unknown: readonly string[];
}
export type RuleFields = Readonly<Record<string, unknown>>;

/** Why a file, or a part of it, gives no rule. */
export class NotImported extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotImported";
  }
}

export type Data = Readonly<Record<string, unknown>>;

export function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value where it is a text that says something. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A list of texts; one text alone counts as a list of one. */
export function textsOf(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).map(textOf).filter((text) => text !== undefined);
  return list.length > 0 ? list : undefined;
}
