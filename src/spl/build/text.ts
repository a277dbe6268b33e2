import type { CstNode, IToken } from "#grammar/spl";
import type { Macro } from "../tree.ts";
import { allTokens, optionalToken, placeOf, type Reading } from "./cst.ts";

/** A double-quoted text without its quotes: `\\` and `\"` lose a backslash, all other backslashes stay. */
export function unquoted(image: string): string {
  return image.slice(1, -1).replace(/\\(["\\])/g, "$1");
}

/** The same in the search language, where `\|` loses its backslash too; bare words have the same escapes. */
export function searchText(token: IToken): string {
  const body = token.tokenType.name === "String" ? token.image.slice(1, -1) : token.image;
  return body.replace(/\\(["\\|])/g, "$1");
}

/** A name in single quotes. */
export function unquotedName(image: string): string {
  return image.slice(1, -1).replace(/\\(['\\])/g, "$1");
}

/** What a `name` or `value` says outside the search language. */
export function nameText(cst: CstNode): string {
  const quoted = optionalToken(cst, "String");
  if (quoted !== undefined) return unquoted(quoted.image);
  return allTokens(cst)
    .map((t) => t.image)
    .join("");
}

/** The token of a `name` or `value`: a text in quotes or a word. */
export function isQuoted(cst: CstNode): boolean {
  return optionalToken(cst, "String") !== undefined;
}

/** `` `name(a, "b, c")` ``: the arguments as they are written, without the blanks around them. */
export function readMacro(reading: Reading, token: IToken): Macro {
  return { kind: "macro", ...macroParts(token.image), span: placeOf(reading, token) };
}

export function macroParts(image: string): { readonly name: string; readonly args: readonly string[] } {
  const body = image.slice(1, -1).trim();
  const open = body.indexOf("(");
  if (open < 0 || !body.endsWith(")")) return { name: body, args: [] };
  const written = body.slice(open + 1, -1);
  return { name: body.slice(0, open).trim(), args: written.trim() === "" ? [] : splitArguments(written) };
}

function splitArguments(written: string): readonly string[] {
  const args: string[] = [];
  let begin = 0;
  const piece = /"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|,/g;
  for (let found = piece.exec(written); found !== null; found = piece.exec(written)) {
    if (found[0] !== ",") continue;
    args.push(written.slice(begin, found.index).trim());
    begin = found.index + 1;
  }
  return [...args, written.slice(begin).trim()];
}

/** All tokens of a part as they are written, a blank for what stands between them. */
export function rawText(part: CstNode | readonly IToken[]): string {
  let text = "";
  let end = -1;
  for (const token of "children" in part ? allTokens(part) : part) {
    if (end >= 0 && token.startOffset > end) text += " ";
    text += token.image;
    end = token.startOffset + token.image.length;
  }
  return text;
}
