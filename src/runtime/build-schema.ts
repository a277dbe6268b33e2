import { Decimal } from "../types/decimal.ts";
import { Datetime, Timespan } from "../types/time.ts";
import { bagOf, type Dynamic, isArray, isBag, isLong, Real, type Value } from "../types/value.ts";
import { type Aggregate, folded, type Selector } from "./aggregate.ts";

/** The forms that values of one place have: type names, and what bags and arrays hold. */
interface Shape {
  readonly types: Set<string>;
  readonly fields: Map<string, Shape>;
  elements: Shape | null;
  isBag: boolean;
}

const emptyShape = (): Shape => ({ types: new Set(), fields: new Map(), elements: null, isBag: false });

function widened(shape: Shape, value: Dynamic): Shape {
  if (isArray(value)) {
    shape.elements ??= emptyShape();
    for (const item of value) widened(shape.elements, item);
  } else if (isBag(value)) {
    shape.isBag = true;
    for (const [key, item] of Object.entries(value)) {
      const field = shape.fields.get(key) ?? emptyShape();
      shape.fields.set(key, widened(field, item));
    }
  } else if (value !== null) shape.types.add(shapeType(value));
  return shape;
}

function shapeType(value: Exclude<Dynamic, null>): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (value instanceof Datetime) return "datetime";
  if (value instanceof Timespan) return "timespan";
  if (value instanceof Decimal) return "decimal";
  if (value instanceof Real) return "double";
  return isLong(value) && (typeof value === "bigint" || Number.isSafeInteger(value)) ? "long" : "double";
}

function describeShape(shape: Shape): Dynamic {
  const forms: Dynamic[] = [...shape.types];
  if (shape.elements !== null) forms.push({ "`indexer`": describeShape(shape.elements) });
  if (shape.isBag) forms.push(bagOf([...shape.fields].map(([key, field]) => [key, describeShape(field)] as const)));
  const [only] = forms;
  return forms.length === 1 && only !== undefined ? only : forms;
}

/** The least schema that admits every value: type names, bags of them, and `indexer` for the elements of arrays. (buildschema-aggregate-function) */
export function buildschema<T>(value: Selector<T, Value>): Aggregate<T, Dynamic> {
  return folded(
    emptyShape,
    (shape, row: T) => widened(shape, value(row)),
    (shape) => describeShape(shape),
  );
}
