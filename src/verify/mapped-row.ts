import type { FieldMapping, TableMapping } from "../fields/profile.ts";
import { fieldOf } from "../fields/profile.ts";
import type { Column } from "../types/scalar-type.ts";
import { Datetime, ticksPerMicrosecond, unixEpoch } from "../types/time.ts";
import { identity, type MadeEvent } from "./made-event.ts";

/** Reads the columns of a KQL table from an event in the target's fields, as the profile says what they are made of. */
export function rowReader(mapping: TableMapping, columns: readonly Column[]): (event: MadeEvent) => object {
  const readers = columns.flatMap(({ name }) => {
    if (name === identity) return [];
    const field = fieldOf(mapping, name);
    return field === undefined ? [] : [{ name, read: readerOf(field, mapping) }];
  });
  return (event) => {
    const row: Record<string, unknown> = { [identity]: event.id };
    for (const { name, read } of readers) {
      const value = read(event);
      if (value !== undefined && value !== null) row[name] = value;
    }
    return row;
  };
}

type Reader = (event: MadeEvent) => unknown;

function readerOf(field: FieldMapping, mapping: TableMapping): Reader {
  switch (field.kind) {
    case "constant":
      return () => field.value;
    case "field": {
      const { missing } = mapping;
      const mayMiss = missing !== null && !mapping.filled.includes(field.field);
      if (field.field === mapping.time) return (event) => datetimeOfEpoch(event.fields[field.field]);
      return (event) => {
        const value = event.fields[field.field];
        return mayMiss && value === missing ? undefined : value;
      };
    }
    case "transform": {
      const inner = readerOf(field.of, mapping);
      const change = transformers[field.name];
      return (event) => {
        const value = inner(event);
        return value === undefined || value === null ? undefined : change(String(value), field.argument ?? "");
      };
    }
  }
}

const transformers: Readonly<
  Record<"$basename" | "$lower" | "$hash" | "$before" | "$after", (text: string, argument: string) => string>
> = {
  $basename: (text) => text.slice(text.lastIndexOf("\\") + 1),
  $lower: (text) => text.toLowerCase(),
  $hash: (text, name) => {
    for (const part of text.split(",")) {
      const found = /^([A-Za-z0-9]+)=([0-9A-Fa-f]+)/.exec(part);
      if (found?.[1] === name) return (found[2] ?? "").toLowerCase();
    }
    return "";
  },
  $before: (text, separator) => text.split(separator)[0] ?? "",
  $after: (text, separator) => {
    const at = text.lastIndexOf(separator);
    return at < 0 ? text : text.slice(at + separator.length);
  },
};

/** Epoch seconds, as a number or as text, to a point in time; to the microsecond, which is what a double holds of them. */
export function datetimeOfEpoch(value: unknown): Datetime | undefined {
  const seconds =
    typeof value === "number" ? value : typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
  if (!Number.isFinite(seconds)) return undefined;
  return new Datetime(unixEpoch + BigInt(Math.round(seconds * 1e6)) * ticksPerMicrosecond);
}
