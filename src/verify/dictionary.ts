import type { ScalarType } from "../types/scalar-type.ts";

/** What rules say about one field of the events: the material that values are made of. */
export interface FieldWords {
  readonly name: string;
  readonly type: ScalarType;
  /** Texts that the field is compared with, or that are looked for in it. */
  readonly texts: Set<string>;
  /** Patterns that the field is matched with. */
  readonly patterns: Set<string>;
  readonly numbers: Set<number>;
  /** Points in time, epoch milliseconds. */
  readonly times: Set<number>;
  /** What the rules cut the field at. */
  readonly separators: Set<string>;
  /** Keys that are read of an object in the field. */
  readonly keys: Set<string>;
  /** Whether rows are grouped by it. */
  grouped: boolean;
  /** What the field is cut into: its last part after a backslash, or domain and name, or a list of hashes. */
  readonly shapes: Set<string>;
  /** Fields that it is compared with. */
  readonly peers: Set<string>;
}

export class Dictionary {
  readonly fields = new Map<string, FieldWords>();
  /** How many rows a count is compared with. */
  readonly counts = new Set<number>();

  field(name: string, type: ScalarType = "unknown"): FieldWords {
    const known = this.fields.get(name);
    if (known !== undefined && (known.type === type || type === "unknown")) return known;
    const made: FieldWords = {
      name,
      type,
      texts: known?.texts ?? new Set(),
      patterns: known?.patterns ?? new Set(),
      numbers: known?.numbers ?? new Set(),
      times: known?.times ?? new Set(),
      separators: known?.separators ?? new Set(),
      keys: known?.keys ?? new Set(),
      grouped: known?.grouped ?? false,
      shapes: known?.shapes ?? new Set(),
      peers: known?.peers ?? new Set(),
    };
    this.fields.set(name, made);
    return made;
  }

  /** Adds everything that another rule says. Types of the first one stay. */
  merge(other: Dictionary): void {
    for (const words of other.fields.values()) {
      const own = this.fields.get(words.name) ?? this.field(words.name, words.type);
      const target = own.type === "unknown" ? this.field(words.name, words.type) : own;
      for (const part of ["texts", "patterns", "separators", "keys", "shapes", "peers"] as const) {
        for (const value of words[part]) target[part].add(value);
      }
      for (const part of ["numbers", "times"] as const) for (const value of words[part]) target[part].add(value);
      target.grouped ||= words.grouped;
    }
    for (const count of other.counts) this.counts.add(count);
  }
}
