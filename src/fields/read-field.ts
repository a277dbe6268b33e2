import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import type { FieldMapping } from "./profile.ts";

/** The expression that a column of this type is in the target. Transforms are calls of their own name. */
export function readField(mapping: FieldMapping, type: ScalarType, span: Span): Expr {
  switch (mapping.kind) {
    case "field":
      return { kind: "column", name: mapping.field, type, span };
    case "constant":
      return { kind: "literal", value: mapping.value, type: constantType(mapping.value), span };
    case "transform": {
      const of = readField(mapping.of, "string", span);
      const argument: readonly Expr[] =
        mapping.argument === null ? [] : [{ kind: "literal", value: mapping.argument, type: "string", span }];
      return { kind: "call", name: mapping.name, args: [of, ...argument], type: "string", span };
    }
  }
}

function constantType(value: string | number | boolean): ScalarType {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  return Number.isInteger(value) ? "long" : "real";
}
