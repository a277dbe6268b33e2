import { characterEscape, codePoint, property, spaceClass } from "./classes.ts";
import { type Piece, plain } from "./piece.ts";
import { literal, type Scanner } from "./scan.ts";

/** What a backslash outside a class begins. */
export function escapeSequence(scanner: Scanner): Piece {
  const c = scanner.take();
  if (c === "") return scanner.fail("a backslash at the end");
  if (/[1-9]/.test(c)) {
    const digits = c + (scanner.match(/\d*/y)?.[0] ?? "");
    if (digits.length === 1 || Number(digits) <= scanner.groupCount) return backReference(scanner, digits);
    scanner.at -= digits.length;
    const octal = scanner.match(/[0-7]{1,3}/y)?.[0];
    if (octal === undefined) return scanner.fail(`\\${digits} without such a group`);
    return plain(literal(codePoint(scanner, Number.parseInt(octal, 8))), 1);
  }
  if (c === "0") {
    const octal = scanner.match(/[0-7]{0,2}/y)?.[0] ?? "";
    return plain(literal(codePoint(scanner, Number.parseInt(`0${octal}`, 8))), 1);
  }
  if (/[dDwWsS]/.test(c)) return plain(`\\${c}`, 1);
  if (/[bBAZz]/.test(c)) return plain(`\\${c}`, 0);
  if (c === "G" || c === "K") return plain(`\\${c}`, 0);
  if (c === "N" && scanner.match(/(?=\{(?!\d))/y) === null) return plain("[^\\n]", 1);
  if (c === "R") return plain("\\R", null);
  const space = spaceClass(c);
  if (space !== undefined) return plain(space, 1);
  if (c === "p" || c === "P") return plain(property(scanner, c === "P"), 1);
  if (c === "g" || c === "k") return namedReference(scanner, c);
  const character = characterEscape(scanner, c);
  if (character !== undefined) return plain(literal(character), 1);
  if (/[A-Za-z]/.test(c)) return scanner.fail(`\\${c}`);
  return plain(literal(c), 1);
}

function backReference(scanner: Scanner, digits: string): Piece {
  if (Number(digits) > scanner.groupCount) return scanner.fail(`\\${digits} without such a group`);
  return { ...plain(`\\k<${digits}>`, null), nullable: true };
}

/** `\g1`, `\g{-1}`, `\g{name}`, `\k<name>`, `\k{name}`; `\g<name>` calls a group. */
function namedReference(scanner: Scanner, letter: string): Piece {
  const found = scanner.match(/\{([+-]?\w+)\}|<([+-]?\w+)>|'([+-]?\w+)'|(-?\d+)/y);
  if (found === null) return scanner.fail(`\\${letter} without a group`);
  const [, braced, angled, ticked, bare] = found;
  const name = braced ?? angled ?? ticked ?? bare ?? "";
  const isCall = letter === "g" && (angled ?? ticked) !== undefined;
  if (isCall && Number(name) === 0) return scanner.fail("recursion");
  return isCall
    ? { ...plain(`\\g<${name}>`, null), loops: 2, nested: true, nullable: true }
    : { ...plain(`\\k<${name}>`, null), nullable: true };
}
