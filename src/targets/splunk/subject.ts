import type { Expr } from "../../plan/nodes.ts";
import type { Fields } from "./columns.ts";

/** A field with what is left of it: `=` compares all of it, `before` and `after` are wildcards for the rest. */
export interface Subject {
  readonly field: string;
  readonly prefix: string;
  readonly suffix: string;
  /** The part that is looked at has one case, so a case-sensitive test of a text in that case is one without case. */
  readonly folded: "lower" | "upper" | null;
  /** False where a part of the field other than the one looked at may match too. */
  readonly whole: boolean;
  /** How many digits the part has, where it ends with them; null: it ends otherwise. */
  readonly length: number | null;
}

/** Hexadecimal digits of a hash. */
const hashLengths: Readonly<Record<string, number>> = { MD5: 32, SHA1: 40, SHA256: 64 };

/** The field that an expression is, or is a part of; null for anything else. */
export function subjectOf(expr: Expr, fields: Fields): Subject | null {
  if (expr.kind === "column") {
    return fields.has(expr.name)
      ? { field: expr.name, prefix: "", suffix: "", folded: null, whole: true, length: null }
      : null;
  }
  if (expr.kind !== "call") return null;
  const [of, argument] = expr.args;
  const inner = of && subjectOf(of, fields);
  if (!inner) return null;
  const separator = argument?.kind === "literal" && typeof argument.value === "string" ? argument.value : "";
  switch (expr.name) {
    case "tolower":
    case "$lower":
      return { ...inner, folded: "lower" };
    case "toupper":
      return { ...inner, folded: "upper" };
    case "tostring":
      return inner;
    case "$basename":
      return inner.whole ? { ...inner, prefix: "*\\", whole: false } : null;
    case "$after":
      return inner.whole ? { ...inner, prefix: `*${separator}`, whole: false } : null;
    case "$before":
      return inner.whole ? { ...inner, suffix: `${separator}*`, whole: false } : null;
    case "$hash":
      return inner.whole
        ? {
            ...inner,
            prefix: `*${separator}=`,
            suffix: "*",
            folded: "lower",
            whole: false,
            length: hashLengths[separator] ?? 0,
          }
        : null;
    default:
      return null;
  }
}
