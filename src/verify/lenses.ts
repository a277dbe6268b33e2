import type { Note } from "../diagnostics/fidelity.ts";
import type { FieldMapping, TableMapping } from "../fields/profile.ts";
import type { Fields } from "./made-event.ts";

/** How a stated difference of an emitted rule is taken into account, so that only what was not stated shows. */
export interface Lens {
  /** Brings an event into a form in which the stated differences do not show. */
  readonly settle: (fields: Fields) => Fields;
  readonly distinct: boolean;
  readonly shared: boolean;
  readonly superset: boolean;
  /** Causes that are stated but that no lens knows: a difference may be theirs. */
  readonly unknown: readonly Note[];
}

/** Makes the second rule find more than the first, never less. */
const widening = new Set(["no-word", "expansion", "time-window", "limit", "parse", "join"]);
/** Nothing to do: one time zone is used throughout; Sigma is compared event by event. */
const harmless = new Set(["time-zone", "aggregation"]);

export function lensOf(notes: readonly Note[], mapping: TableMapping | null): Lens {
  const steps: ((fields: Fields) => Fields)[] = [];
  const unknown: Note[] = [];
  let [distinct, shared, superset] = [false, false, false];
  for (const note of notes) {
    if (widening.has(note.cause)) superset = true;
    else if (note.level === "info" || harmless.has(note.cause)) continue;
    else if (note.cause === "folded-events") [distinct, shared] = [true, true];
    else if (note.cause === "term") steps.push(asciiOnly);
    else if (note.cause === "part-of-field" && mapping !== null)
      steps.push((fields) => wholeParts(fields, mapping, note.construct));
    else unknown.push(note);
  }
  return { settle: (fields) => steps.reduce((f, step) => step(f), fields), distinct, shared, superset, unknown };
}

function asciiOnly(fields: Fields): Fields {
  return Object.fromEntries(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything in ASCII, control characters too
    Object.entries(fields).map(([k, v]) => [k, typeof v === "string" ? v.replace(/[^\u0000-\u007f]/gu, "~") : v]),
  );
}

/** Leaves of a field only the part that the column is made of, so that equal parts are equal fields. */
function wholeParts(fields: Fields, mapping: TableMapping, column: string): Fields {
  const hashes = Object.entries(mapping.fields).flatMap(([name, field]) => hashOf(name, field));
  const wanted = hashes.filter((h) => h.column === column);
  return (wanted.length > 0 ? wanted : hashes.filter((h) => h.key === "SHA256")).reduce((done, { field, key }) => {
    const value = done[field];
    if (typeof value !== "string") return done;
    const digits = new RegExp(`(?:^|,)${key}=([0-9A-Fa-f]+)`).exec(value)?.[1];
    const { [field]: _, ...rest } = done;
    return digits === undefined ? rest : { ...rest, [field]: `${key}=${digits.toUpperCase()}` };
  }, fields);
}

function hashOf(
  column: string,
  field: FieldMapping,
): readonly { readonly column: string; readonly field: string; readonly key: string }[] {
  if (field.kind !== "transform" || field.name !== "$hash" || field.of.kind !== "field" || field.argument === null)
    return [];
  return [{ column, field: field.of.field, key: field.argument }];
}
