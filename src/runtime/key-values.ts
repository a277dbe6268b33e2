import type { Value } from "../types/value.ts";
import { type ColumnType, type RowOf, readCell, type Schema } from "./columns.ts";
import { put } from "./put.ts";

/** How `parse-kv` takes a text apart. */
export interface KeyValueOptions {
  /** Between pairs; any character that is no letter, digit or `_` where absent. */
  readonly pairs?: string;
  /** Between a key and its value; the same where absent. */
  readonly keys?: string;
  /** The quotation mark, or the opening and the closing one. */
  readonly quotes?: readonly string[];
  /** Before a quotation mark that is part of a value. */
  readonly escape?: string;
  /** A value goes on as far as the next key, over pair delimiters. */
  readonly greedy?: boolean;
}

/** The columns that `parse-kv` reads from a text: of a key that is there twice, the first. (parse-kv-operator) */
export function keyValues<S extends Schema>(columns: S, options: KeyValueOptions): (text: Value) => RowOf<S> {
  const names = Object.entries(columns);
  return (text) => {
    const found =
      typeof text === "string" ? pairsOf(text, options, new Set(Object.keys(columns))) : new Map<string, string>();
    const row: Record<string, Value> = {};
    for (const [name, type] of names) put(row, name, cell(found.get(name), type));
    return row as RowOf<S>;
  };
}

function cell(text: string | undefined, type: ColumnType): Value {
  if (type === "string") return text ?? "";
  return text === undefined ? null : readCell[type](text);
}

function pairsOf(text: string, options: KeyValueOptions, wanted: ReadonlySet<string>): Map<string, string> {
  const { pairs, keys } = options;
  return pairs === undefined && keys === undefined
    ? words(text, wanted)
    : delimited(text, pairs ?? " ", keys ?? "=", options);
}

/** Without delimiters: a key is a word, its value the next one. */
function words(text: string, wanted: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  const all = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  for (let i = 0; i + 1 < all.length; i++) {
    const [key, value] = [all[i] ?? "", all[i + 1] ?? ""];
    if (!wanted.has(key)) continue;
    if (!found.has(key)) found.set(key, value);
    i++;
  }
  return found;
}

function delimited(text: string, pairs: string, keys: string, options: KeyValueOptions): Map<string, string> {
  const found = new Map<string, string>();
  let last: string | null = null;
  for (const part of parts(text, pairs, options)) {
    const at = indexOutside(part, keys, 0, options);
    if (at < 0) {
      // Without a key it belongs to the value before, where values go that far.
      if (options.greedy && last !== null) found.set(last, `${found.get(last) ?? ""}${pairs}${part}`);
      continue;
    }
    const key = unquoted(part.slice(0, at).trim(), options);
    last = found.has(key) ? null : key;
    if (last !== null) found.set(key, unquoted(part.slice(at + keys.length).trim(), options));
  }
  return found;
}

function parts(text: string, delimiter: string, options: KeyValueOptions): string[] {
  if (delimiter === "") return [text];
  const list: string[] = [];
  let start = 0;
  for (;;) {
    const at = indexOutside(text, delimiter, start, options);
    if (at < 0) break;
    list.push(text.slice(start, at));
    start = at + delimiter.length;
  }
  return [...list, text.slice(start)];
}

/** Where a delimiter stands outside quotation marks; -1 where it does not. */
function indexOutside(
  text: string,
  delimiter: string,
  from: number,
  { quotes, escape: mark }: KeyValueOptions,
): number {
  const [open, close = open] = quotes ?? [];
  let inside = false;
  for (let i = from; i < text.length; i++) {
    if (inside && mark !== undefined && text.startsWith(mark, i)) {
      i += mark.length;
      continue;
    }
    if (inside) {
      if (close !== undefined && text.startsWith(close, i)) inside = false;
      continue;
    }
    if (text.startsWith(delimiter, i)) return i;
    if (open !== undefined && text.startsWith(open, i)) inside = true;
  }
  return -1;
}

function unquoted(text: string, { quotes, escape: mark }: KeyValueOptions): string {
  const [open, close = open] = quotes ?? [];
  if (open === undefined || close === undefined || !text.startsWith(open) || !text.endsWith(close) || text.length < 2)
    return text;
  const inner = text.slice(open.length, text.length - close.length);
  if (mark === undefined) return inner;
  return inner
    .replaceAll(mark + open, open)
    .replaceAll(mark + close, close)
    .replaceAll(mark + mark, mark);
}
