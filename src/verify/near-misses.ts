/**
 * The texts beside a text that most mistakes show on: another case, a letter, digit, underscore or non-ASCII letter glued to either
 * end, an end cut off, a special character that stands for any other, blanks of another kind.
 */
export function closestMisses(text: string): readonly string[] {
  if (text === "") return [];
  const found = new Set([text.toUpperCase(), text.toLowerCase(), flipped(text, 0)]);
  for (const glue of ["a", "7", "_", "é"]) found.add(text + glue).add(glue + text);
  found.add(`${text}\n`).add(text.slice(1)).add(text.slice(0, -1));
  for (const special of new Set(text.match(/[^\p{L}\p{N}\s]/gu) ?? [])) found.add(text.replaceAll(special, "x"));
  // A blank that marks the border of a word, and a letter instead.
  if (/^\s/.test(text)) found.add(`x${text.slice(1)}`);
  if (/\s$/.test(text)) found.add(`${text.slice(0, -1)}x`);
  if (text.includes(" ")) for (const blank of ["\t", "\u00a0", ""]) found.add(text.replaceAll(" ", blank));
  found.delete(text);
  return [...found];
}

/**
 * Texts beside a text: each one is what some sloppy reading of a test for `text` would take for the same, or would wrongly
 * tell apart. In a fixed order, without doubles and without the text itself.
 */
export function nearMisses(text: string): readonly string[] {
  if (text === "") return [" ", "x", "\n", '""'];
  const found = new Set<string>();
  const add = (...texts: readonly string[]): void => {
    for (const t of texts) found.add(t);
  };
  // Case.
  add(text.toUpperCase(), text.toLowerCase(), flipped(text, 0), flipped(text, text.length - 1));
  // Borders of terms, prefixes and suffixes.
  for (const glue of ["a", "Z", "7", "_", "é", "-", ".", " ", "\t", "\n", "\u00a0", '"', "\\", "/", "*", "ß", "日"]) {
    add(text + glue, glue + text);
  }
  add(`x${text}x`, `${text}${text}`, `${text}\r\n`, `\n${text}\nmore`);
  // Cuts.
  add(text.slice(1), text.slice(0, -1), text.slice(1, -1), text.slice(0, Math.ceil(text.length / 2)));
  add(text.trim(), text.trimEnd(), text.trimStart());
  // What has a meaning in some pattern or other stands for itself.
  for (const special of new Set(text.match(/[\\.*?+^$|()[\]{}%_"'/]/g) ?? [])) {
    add(text.replaceAll(special, "x"), text.replaceAll(special, ""), text.replaceAll(special, special + special));
    add(text.replace(special, "q"));
  }
  // White space of other kinds.
  if (text.includes(" ")) {
    for (const blank of ["  ", "\t", "\u00a0", "_", "", "\n", "-"])
      add(text.replaceAll(" ", blank), text.replace(" ", blank));
  }
  // Wildcard characters in the event are characters.
  const middle = Math.floor(text.length / 2);
  for (const wild of ["*", "?", "%", "_"]) {
    add(wild, text.slice(0, middle) + wild + text.slice(middle + 1), text.slice(0, -1) + wild);
  }
  // Letters that fold to, or from, ASCII ones, and others of the same look.
  for (const [plain, odd] of folding) if (text.toLowerCase().includes(plain)) add(replaceLetter(text, plain, odd));
  // Inserted and lost letters.
  add(`${text.slice(0, middle)}x${text.slice(middle)}`, `${text.slice(0, middle)} ${text.slice(middle)}`);
  add(text.slice(0, middle) + text.slice(middle + 1));
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) add(`${text}.0`, `0${text}`, ` ${text}`, `+${text}`, `${text}e0`);
  found.delete(text);
  return [...found];
}

const folding: readonly (readonly [string, string])[] = [
  ["k", "\u212a"],
  ["s", "\u017f"],
  ["i", "\u0130"],
  ["i", "\u0131"],
  ["e", "é"],
  ["a", "а"],
];

function flipped(text: string, at: number): string {
  const letter = text[at] ?? "";
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return text.slice(0, at) + other + text.slice(at + 1);
}

function replaceLetter(text: string, plain: string, odd: string): string {
  const at = text.toLowerCase().indexOf(plain);
  return at < 0 ? text : text.slice(0, at) + odd + text.slice(at + 1);
}
