import type { ScalarType } from "../../types/scalar-type.ts";

/** How SPL holds a value: one text or number, several values in one field, or a JSON text. */
export type Shape = "one" | "several" | "json";

/** What is known of a field at a place of the search. */
export interface Field {
  readonly type: ScalarType;
  /** Whether it may be absent: null, which stands for "" where the column is a string. */
  readonly nullable: boolean;
  /** Another text that stands for an absent value, as the source of the events writes it. */
  readonly missing: string | null;
  /** Whether it may be "". */
  readonly empty: boolean;
  readonly shape: Shape;
  /** A time that is text rather than epoch seconds. */
  readonly textTime: boolean;
}

/** The fields at a place of the search, by name. */
export type Fields = ReadonlyMap<string, Field>;

/** A field that always has a value. */
export function present(type: ScalarType, shape: Shape = "one"): Field {
  return { type, nullable: false, missing: null, empty: true, shape, textTime: false };
}

export function nullable(type: ScalarType, shape: Shape = "one"): Field {
  return { ...present(type, shape), nullable: true };
}

/** The field once a condition holds that is false for absent values. */
export function filled(field: Field): Field {
  return { ...field, nullable: false, missing: null, empty: false };
}

/** Whether absence needs a thought. */
export function isUncertain(field: Field): boolean {
  return field.nullable || field.missing !== null;
}
