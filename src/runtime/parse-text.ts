import { type Decimal, parseDecimal } from "../types/decimal.ts";
import { type Bag, bagOf, type Dynamic, type DynamicArray, type Value } from "../types/value.ts";
import { parseJson } from "./json.ts";
import { elementAt, pathOf } from "./json-path.ts";
import { textOf, tostringDynamic } from "./text.ts";

// Texts of well-known forms taken apart. (scalar-functions: string functions)

/** The fields of the first record; quotes within quotes are written twice. (parse-csv-function) */
export function parseCsv(text: Value): DynamicArray {
  const source = textOf(text);
  const quoted = /"((?:[^"]|"")*)"?/y;
  const plain = /[^,\r\n]*/y;
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    quoted.lastIndex = at;
    const inner = quoted.exec(source);
    plain.lastIndex = inner === null ? at : quoted.lastIndex;
    const rest = plain.exec(source)?.[0] ?? "";
    fields.push((inner?.[1] ?? "").replaceAll('""', '"') + rest);
    at = plain.lastIndex;
    if (source[at] !== ",") return fields;
  }
}

/** The text of an element of a JSON document; "" where there is none. (extract-json-function) */
export function extractJson(path: Value, json: Value): string {
  const steps = pathOf(textOf(path));
  return steps === null ? "" : tostringDynamic(elementAt(parseJson(textOf(json)), steps));
}

/** Up to four parts of up to eight digits as one number; missing parts are 0. (parse-version-function) */
export function parseVersion(version: Value): Decimal | null {
  const text = textOf(version);
  if (!/^\d{1,8}(?:\.\d{1,8}){0,3}$/.test(text)) return null;
  const parts = [...text.split("."), "0", "0", "0"].slice(0, 4);
  return parseDecimal(parts.map((part) => part.padStart(8, "0")).join(""));
}

const urlForm =
  /^(?:([A-Za-z][A-Za-z\d+.-]*):)?(?:\/\/(?:([^/?#@:]*)(?::([^/?#@]*))?@)?(\[[^\]/?#]*\]|[^/?#:]*)(?::(\d*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/** The parts of an absolute URL; all of them empty where it is none. (parse-url-function) */
export function parseUrl(url: Value): Bag {
  const [, scheme = "", user = "", password = "", host = "", port = "", path = "", query = "", fragment = ""] =
    urlForm.exec(textOf(url)) ?? [];
  const absolute = scheme !== "";
  const part = (text: string): string => (absolute ? text : "");
  return bagOf([
    ["Scheme", scheme],
    ["Host", part(host)],
    ["Port", part(port)],
    ["Path", part(path)],
    ["Username", part(user)],
    ["Password", part(password)],
    ["Query Parameters", absolute ? queryParameters(query) : {}],
    ["Fragment", part(fragment)],
  ]);
}

/** (parse-urlquery-function) */
export function parseUrlquery(query: Value): Bag {
  return bagOf([["Query Parameters", queryParameters(textOf(query).replace(/^\?/, ""))]]);
}

function queryParameters(query: string): Bag {
  const pairs = query.split("&").filter((pair) => pair !== "");
  return bagOf(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** The parts of a Windows or Unix path, or of a file URL. (parse-path-function) */
export function parsePath(path: Value): Bag {
  const source = textOf(path);
  const scheme = /^([A-Za-z][A-Za-z\d+.-]+):\/\//.exec(source)?.[1] ?? "";
  const plain = scheme === "" ? source : source.slice(scheme.length + 3);
  const root = /^[A-Za-z]:[\\/]/.exec(plain)?.[0] ?? "";
  const end = Math.max(plain.lastIndexOf("/"), plain.lastIndexOf("\\"));
  const [filename = "", stream = ""] = splitOnce(plain.slice(end + 1), ":");
  const directory = plain.slice(0, Math.max(end, 0));
  const dot = filename.lastIndexOf(".");
  return bagOf([
    ["Scheme", scheme],
    ["RootPath", root],
    ["DirectoryPath", directory],
    ["DirectoryName", directory.split(/[\\/]/).at(-1) ?? ""],
    ["Filename", filename],
    ["Extension", dot < 0 ? "" : filename.slice(dot + 1)],
    ["AlternateDataStreamName", stream],
  ]);
}

function splitOnce(text: string, by: string): readonly string[] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)];
}

/**
 * The arguments of a command line as Windows hands them to a program: blanks part them, quotes hold them together, 2n backslashes before
 * a quote are n, one more makes the quote a letter. Null for another parser than `windows`. (parse-command-line)
 */
export function parseCommandLine(command: Value, parser: Value): Dynamic {
  if (textOf(parser).toLowerCase() !== "windows") return null;
  const source = textOf(command).trim();
  const found: string[] = [];
  let at = 0;
  while (at < source.length) {
    const { text, end } = found.length === 0 ? programName(source) : argument(source, at);
    found.push(text);
    at = end;
    while (/[ \t]/.test(source[at] ?? "")) at++;
  }
  return found;
}

/** The program's name has no escapes: a quote ends where the next one stands. */
function programName(source: string): { readonly text: string; readonly end: number } {
  const [whole = "", quoted, plain] = /^(?:"([^"]*)"?|([^ \t]+))/.exec(source) ?? [];
  return { text: quoted ?? plain ?? "", end: whole.length };
}

function argument(source: string, start: number): { readonly text: string; readonly end: number } {
  let text = "";
  let quoted = false;
  let at = start;
  while (at < source.length && (quoted || !/[ \t]/.test(source[at] ?? ""))) {
    const slashes = /\\*/y;
    slashes.lastIndex = at;
    const count = slashes.exec(source)?.[0].length ?? 0;
    at += count;
    if (source[at] !== '"') {
      text += "\\".repeat(count);
      if (count === 0) text += source[at++] ?? "";
      continue;
    }
    text += "\\".repeat(count >> 1);
    at++;
    if (count % 2 === 1) text += '"';
    else if (quoted && source[at] === '"') {
      text += '"';
      at++;
    } else quoted = !quoted;
  }
  return { text, end: at };
}
