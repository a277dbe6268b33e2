import { bagOf, type Dynamic, dynamicReal, longOf } from "../types/value.ts";

const mostNested = 256;
const numberText = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const stringText = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const blanks = /[ \t\n\r]*/y;

/** Reads JSON as JSON.parse does, but keeps whole numbers of 64 bits exact and reals apart from them. @throws SyntaxError */
export function readJson(source: string): Dynamic {
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const take = (mark: string): boolean => {
    match(blanks);
    if (!source.startsWith(mark, at)) return false;
    at += mark.length;
    return true;
  };
  const fail = (): never => {
    throw new SyntaxError(`not JSON at ${at}`);
  };
  const string = (): string => {
    match(blanks);
    const found = match(stringText);
    return found === null ? fail() : JSON.parse(found[0]);
  };
  const list = <T>(close: string, item: () => T): T[] => {
    const items: T[] = [];
    if (take(close)) return items;
    do items.push(item());
    while (take(","));
    return take(close) ? items : fail();
  };
  const value = (depth: number): Dynamic => {
    if (depth > mostNested) fail();
    match(blanks);
    if (take("[")) return list("]", () => value(depth + 1));
    if (take("{")) {
      const entry = (): readonly [string, Dynamic] => [string(), take(":") ? value(depth + 1) : fail()];
      return bagOf(list("}", entry));
    }
    if (take("true")) return true;
    if (take("false")) return false;
    if (take("null")) return null;
    if (source[at] === '"') return string();
    const found = match(numberText);
    if (found === null) return fail();
    const [digits, fraction, exponent] = found;
    const near = Number(digits);
    if (fraction !== undefined || exponent !== undefined) return dynamicReal(near);
    return !Number.isSafeInteger(near) && BigInt.asIntN(64, BigInt(digits)) === BigInt(digits)
      ? longOf(BigInt(digits))
      : near;
  };
  const result = value(0);
  match(blanks);
  return at === source.length ? result : fail();
}
