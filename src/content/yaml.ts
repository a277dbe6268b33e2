import { keyScalar, quotedScalar, textScalar } from "../sigma/scalar.ts";

/** A value of a YAML document; a key whose value is undefined is left out. */
export type Yaml = string | number | boolean | Literal | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/** Text that stands in the file line by line, to the letter. */
export class Literal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A map as a YAML document whose every text comes back as itself, in YAML 1.1 and 1.2. Keys keep their order. */
export function printYaml(document: { readonly [key: string]: Yaml | undefined }): string {
  return `${mapLines(document, "").join("\n")}\n`;
}

function isMap(value: Yaml): value is { readonly [key: string]: Yaml | undefined } {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Literal);
}

function mapLines(map: { readonly [key: string]: Yaml | undefined }, indentation: string): string[] {
  return Object.entries(map).flatMap(([key, value]) =>
    value === undefined ? [] : entryLines(`${indentation}${keyScalar(key)}:`, value, indentation),
  );
}

function entryLines(head: string, value: Yaml, indentation: string): string[] {
  if (value instanceof Literal) return literalLines(head, value.text, `${indentation}  `);
  if (Array.isArray(value)) {
    return value.length === 0
      ? [`${head} []`]
      : [head, ...value.flatMap((item) => itemLines(item, `${indentation}  `))];
  }
  if (typeof value === "object" && isMap(value)) {
    const lines = mapLines(value, `${indentation}  `);
    return lines.length === 0 ? [`${head} {}`] : [head, ...lines];
  }
  if (typeof value === "string" && value.includes("\n")) return literalLines(head, value, `${indentation}  `);
  return [`${head} ${scalar(value)}`];
}

function itemLines(item: Yaml, indentation: string): string[] {
  if (item instanceof Literal || Array.isArray(item)) return entryLines(`${indentation}-`, item, indentation);
  if (typeof item === "object" && isMap(item)) {
    const lines = mapLines(item, `${indentation}  `);
    if (lines.length === 0) return [`${indentation}- {}`];
    return lines.map((line, i) => (i === 0 ? `${indentation}- ${line.trimStart()}` : line));
  }
  return [`${indentation}- ${scalar(item)}`];
}

/** Lengths of time and versions, which no reader of YAML takes for numbers. */
const plainNumberLike = /^\d{1,6}[dhms]$|^\d{1,6}\.\d{1,6}\.\d{1,6}$/;

function scalar(value: Yaml): string {
  if (typeof value !== "string") return String(value);
  return plainNumberLike.test(value) ? value : textScalar(value);
}

/** What would end a line early, or is no character of YAML: such a text stands in quotes. */
const unsafe = /(?![\t\n])\p{Cc}|[\u2028\u2029\ufeff\ufffe\uffff\p{Cs}]/u;

/** A literal block; quoted where a block would not give the same text back. */
function literalLines(head: string, text: string, indentation: string): string[] {
  if (unsafe.test(text) || text.trim() === "") return [`${head} ${quotedScalar(text)}`];
  const trailing = /\n*$/.exec(text)?.[0].length ?? 0;
  const chomping = trailing === 0 ? "-" : trailing === 1 ? "" : "+";
  const lines = text.slice(0, text.length - Math.min(trailing, 1)).split("\n");
  // A first line that begins with a blank would set the block's indentation.
  const indicator = /^\n*[ \t]/.test(text) || lines[0] === "" ? "2" : "";
  return [`${head} |${indicator}${chomping}`, ...lines.map((line) => (line === "" ? "" : indentation + line))];
}
