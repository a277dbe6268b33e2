import type { Note } from "../diagnostics/fidelity.ts";
import type { FieldMapping, TableMapping } from "../fields/profile.ts";
import type { Fields } from "./made-event.ts";

/** How a stated difference of an emitted rule is taken into account, so that only what was not stated shows. */
export interface Lens {
  /** Brings an event into a form in which the stated differences do not show. */
  readonly settle: (fields: Fields) => Fields;
  readonly distinct: boolean;
  /** Rows are groups of events: their time and their number stand in columns of their own. */
  readonly folded: boolean;
  readonly superset: boolean;
  readonly looseNumbers: boolean;
  /** Causes that are stated but that no lens knows: a difference may be theirs. */
  readonly unknown: readonly Note[];
}

/** Makes the second rule find more than the first, never less. */
const widening = new Set(["no-word", "expansion", "time-window", "limit", "parse", "join"]);
/**
 * Nothing to do: one time zone is used throughout; Sigma is compared event by event; and no subsearch meets as many events as it
 * would be cut off at.
 */
const harmless = new Set(["time-zone", "aggregation", "subsearch-limit"]);

export function lensOf(notes: readonly Note[], mapping: TableMapping | null): Lens {
  const steps: ((fields: Fields) => Fields)[] = [];
  const parts = new Set<string>();
  const unknown: Note[] = [];
  let [folded, superset, looseNumbers] = [false, false, false];
  for (const note of notes) {
    if (widening.has(note.cause)) superset = true;
    // A time that stays one shows its fractions where the search cuts them off.
    else if (note.cause === "time-format") steps.push((fields) => wholeSeconds(fields, mapping?.time ?? "_time"));
    else if (note.level === "info" || harmless.has(note.cause)) continue;
    else if (note.cause === "folded-events") folded = true;
    else if (note.cause === "json-number") looseNumbers = true;
    else if (note.cause === "time-resolution") steps.push((fields) => wholeSeconds(fields, mapping?.time ?? "_time"));
    else if (note.cause === "term") steps.push(asciiOnly);
    else if (note.cause === "part-of-field" && mapping !== null) parts.add(note.construct);
    else unknown.push(note);
  }
  if (mapping !== null && parts.size > 0) steps.push((fields) => wholeParts(fields, mapping, parts));
  const settle = (fields: Fields): Fields => steps.reduce((f, step) => step(f), fields);
  return { settle, distinct: folded, folded, superset, looseNumbers, unknown };
}

function wholeSeconds(fields: Fields, time: string): Fields {
  const value = fields[time];
  return typeof value === "number" ? { ...fields, [time]: Math.floor(value) } : fields;
}

function asciiOnly(fields: Fields): Fields {
  return Object.fromEntries(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything in ASCII, control characters too
    Object.entries(fields).map(([k, v]) => [k, typeof v === "string" ? v.replace(/[^\u0000-\u007f]/gu, "~") : v]),
  );
}

/** Gives all but the parts of a field that columns are made of one value, so that equal parts are equal fields. */
function wholeParts(fields: Fields, mapping: TableMapping, columns: ReadonlySet<string>): Fields {
  const hashes = Object.entries(mapping.fields).flatMap(([name, field]) => hashOf(name, field));
  const named = hashes.filter((h) => columns.has(h.column));
  const wanted = named.length > 0 ? named : hashes.filter((h) => h.key === "SHA256");
  const done: Record<string, unknown> = { ...fields };
  for (const field of new Set(wanted.map((h) => h.field))) {
    const value = fields[field];
    if (typeof value !== "string") continue;
    const parts = wanted.flatMap(({ key, field: of }) => {
      const digits = of === field ? new RegExp(`(?:^|,)${key}=([0-9A-Fa-f]+)`).exec(value)?.[1] : undefined;
      return digits === undefined ? [] : [`${key}=${digits.toUpperCase()}`];
    });
    // One other part before them and one behind, which only a sloppy pattern takes along.
    if (parts.length > 0) done[field] = ["XX=A0", ...parts, "YY=A0"].join(",");
    else delete done[field];
  }
  return done;
}

function hashOf(
  column: string,
  field: FieldMapping,
): readonly { readonly column: string; readonly field: string; readonly key: string }[] {
  if (field.kind !== "transform" || field.name !== "$hash" || field.of.kind !== "field" || field.argument === null)
    return [];
  return [{ column, field: field.of.field, key: field.argument }];
}
