import { h3Names } from "../../functions/geo.ts";
import * as runtime from "../../runtime/index.ts";

const reserved = [
  "arguments",
  "async",
  "await",
  "break",
  "case",
  "catch",
  "class",
  "const",
  "continue",
  "debugger",
  "default",
  "delete",
  "do",
  "else",
  "enum",
  "eval",
  "export",
  "extends",
  "false",
  "finally",
  "for",
  "function",
  "if",
  "implements",
  "import",
  "in",
  "instanceof",
  "interface",
  "let",
  "new",
  "null",
  "of",
  "package",
  "private",
  "protected",
  "public",
  "return",
  "static",
  "super",
  "switch",
  "this",
  "throw",
  "true",
  "try",
  "typeof",
  "undefined",
  "var",
  "void",
  "while",
  "with",
  "yield",
];
/** What the emitted code itself uses. */
const used = [
  "row",
  "left",
  "right",
  "items",
  "events",
  "tables",
  "now",
  "options",
  "Row",
  "String",
  "Number",
  "Symbol",
  "Object",
];

/** `NetActionType` to `netActionType`, `selection_img` to `selectionImg`; "" where no letter is left. */
export function camelCase(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
  const joined = words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
  return /^\d/.test(joined) ? `n${joined}` : joined;
}

/** Gives every thing of a module a name of its own that no import and no word of the language has. */
export class Names {
  readonly #taken: Set<string>;

  constructor(others: Iterable<string> = []) {
    this.#taken = new Set([...reserved, ...used, ...Object.keys(runtime), ...h3Names, ...others]);
  }

  take(wanted: string, otherwise: string): string {
    const base = camelCase(wanted) || otherwise;
    let name = base;
    for (let i = 2; this.#taken.has(name); i++) name = `${base}${i}`;
    this.#taken.add(name);
    return name;
  }

  /** The same with a capital: a type's name. */
  takeType(wanted: string, otherwise: string): string {
    const base = camelCase(wanted) || otherwise;
    const type = base.charAt(0).toUpperCase() + base.slice(1);
    let name = type;
    for (let i = 2; this.#taken.has(name); i++) name = `${type}${i}`;
    this.#taken.add(name);
    return name;
  }
}
