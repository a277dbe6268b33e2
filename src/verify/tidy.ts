import { type FieldMapping, sourceField, type TableMapping } from "../fields/profile.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import type { Fields } from "./made-event.ts";

/**
 * What a profile takes for granted of its fields, brought about: a field that is always filled is, a field of which the last part
 * after a backslash is taken is a path, and a list of hashes has the form of one.
 */
export function tidyFor(
  mapping: TableMapping | null,
  types: ReadonlyMap<string, ScalarType>,
): (fields: Fields) => Fields {
  if (mapping === null) return (fields) => fields;
  const shapes = new Map<string, string>();
  for (const field of Object.values(mapping.fields))
    for (const [name, shape] of shapesOf(field)) shapes.set(name, shape);
  const changes: ((value: unknown) => unknown)[] = [];
  const names: string[] = [];
  const add = (name: string, change: (value: unknown) => unknown): void => {
    names.push(name);
    changes.push(change);
  };
  for (const name of mapping.filled)
    if (name !== mapping.time)
      add(name, (v) => (v === undefined || v === null || v === "" || v === mapping.missing ? "x" : v));
  for (const [name, shape] of shapes) {
    if (shape === "$basename") {
      add(name, (v) =>
        typeof v === "string" && v !== "" && v !== mapping.missing && !v.includes("\\") ? `C:\\${v}` : v,
      );
    }
    if (shape === "$hash") add(name, (v) => (typeof v === "string" && v !== mapping.missing ? hashList(v) : undefined));
  }
  // A column of numbers holds numbers, or texts of their digits.
  for (const [name, type] of types) {
    if (!isNumeric(type)) continue;
    add(name, (v) => (typeof v !== "string" || v === mapping.missing || v === String(Number(v)) ? v : undefined));
  }
  return (fields) => {
    // The summaries of a data model hold no empty values.
    const held =
      mapping.dataModel === null ? fields : Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== ""));
    const done: Record<string, unknown> = { ...held };
    names.forEach((name, i) => {
      const value = changes[i]?.(done[name]);
      if (value === undefined) delete done[name];
      else done[name] = value;
    });
    return done;
  };
}

function hashList(text: string): string | undefined {
  const parts = text.split(",").filter((part) => /^[A-Z0-9]+=[0-9A-Fa-f]+$/.test(part));
  return parts.length === 0 ? undefined : parts.join(",");
}

/** The fields that a mapping takes a part of, each with the name of what it does to it. */
export function shapesOf(field: FieldMapping): readonly (readonly [string, string])[] {
  if (field.kind !== "transform") return [];
  const source = sourceField(field);
  return source === null ? [] : [[source, field.name], ...shapesOf(field.of)];
}
