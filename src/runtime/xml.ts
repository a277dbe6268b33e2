import { type Bag, bagOf, type Dynamic, isArray, type Value } from "../types/value.ts";
import { textOf } from "./text.ts";

const longestXml = 1_048_576;
const deepestXml = 256;

/**
 * The elements, attributes (`@name`) and texts (`#text` beside others) of an XML document; null where it is none or longer than 1 MB.
 * (parse-xml-function)
 */
export function parseXml(xml: Value): Dynamic {
  const source = textOf(xml);
  if (source.length > longestXml) return null;
  try {
    return new XmlReader(source).document();
  } catch (problem) {
    if (problem instanceof NotXml) return null;
    throw problem;
  }
}

class NotXml extends Error {}

const skipped = /(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE(?:[^<>[\]]|\[[^\]]*\])*>)*/y;
const opening = /<([^\s<>/=!?"'&]+)/y;
const attribute = /\s+([^\s<>/="'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const closing = /\s*(\/?)>/y;
const content = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|([^<]+)/y;

class XmlReader {
  readonly #source: string;
  #at = 0;
  constructor(source: string) {
    this.#source = source;
  }

  document(): Bag {
    this.#take(skipped);
    const root = this.#element(0);
    this.#take(skipped);
    if (this.#at < this.#source.length) throw new NotXml();
    return bagOf([root]);
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #element(depth: number): [string, Dynamic] {
    const name = this.#take(opening)?.[1];
    if (name === undefined || depth > deepestXml) throw new NotXml();
    const parts = new Map<string, Dynamic[]>();
    const add = (key: string, value: Dynamic): void => {
      const same = parts.get(key);
      if (same === undefined) parts.set(key, [value]);
      else same.push(value);
    };
    for (let found = this.#take(attribute); found !== null; found = this.#take(attribute)) {
      if (parts.has(`@${found[1]}`)) throw new NotXml();
      add(`@${found[1]}`, unescaped(found[2] ?? found[3] ?? ""));
    }
    const end = this.#take(closing);
    if (end === null) throw new NotXml();
    if (end[1] === "") this.#content(name, depth, add);
    return [name, elementValue(parts)];
  }

  #content(name: string, depth: number, add: (key: string, value: Dynamic) => void): void {
    while (!this.#source.startsWith("</", this.#at)) {
      const found = this.#take(content);
      if (found === null) add(...this.#element(depth + 1));
      else if (found[1] !== undefined) add("#text", found[1]);
      else if (found[2] !== undefined && found[2].trim() !== "") add("#text", unescaped(found[2].trim()));
    }
    this.#at += 2;
    if (!this.#source.startsWith(name, this.#at)) throw new NotXml();
    this.#at += name.length;
    if (this.#take(/\s*>/y) === null) throw new NotXml();
  }
}

/** Nothing is null, a text alone is itself, what occurs several times is an array. */
function elementValue(parts: ReadonlyMap<string, readonly Dynamic[]>): Dynamic {
  if (parts.size === 0) return null;
  const entries = [...parts].map(([key, values]): [string, Dynamic] => [
    key,
    values.length === 1 ? (values[0] ?? null) : values,
  ]);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === "#text" && !isArray(only[1])) return only[1];
  return bagOf(entries);
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));|&/gi, (_, decimal, hex, name) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : null;
    if (code !== null && code <= 0x10ffff) return String.fromCodePoint(code);
    const letter = typeof name === "string" && Object.hasOwn(entities, name) ? entities[name] : undefined;
    if (letter === undefined) throw new NotXml();
    return letter;
  });
}
