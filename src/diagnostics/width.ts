/** Code point ranges that a terminal draws two cells wide (Unicode's East Asian Width W and F), emoji aside. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

let segmenter: Intl.Segmenter | undefined;
const emoji = /\p{Emoji_Presentation}|\uFE0F/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const plain = /^[\x20-\x7e]*$/;

/** What a reader sees as one character, and the cells that a terminal gives it. */
export interface Glyph {
  readonly text: string;
  readonly cells: number;
}

/** A text as its glyphs, in order. */
export function* glyphsOf(text: string): Generator<Glyph> {
  if (plain.test(text)) {
    for (const letter of text) yield { text: letter, cells: 1 };
    return;
  }
  // Made when first needed: it reads the platform's tables.
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(text)) yield { text: segment, cells: cellsOf(segment) };
}

/** How many cells of a terminal a text takes: CJK and emoji two, combining marks none. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const glyph of glyphsOf(text)) width += glyph.cells;
  return width;
}

function cellsOf(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (point < 0x300 && grapheme.length === 1) return 1;
  if (emoji.test(grapheme)) return 2;
  if (invisible.test(grapheme)) return 0;
  return wideRanges.some(([from, to]) => point >= from && point <= to) ? 2 : 1;
}

/** The longest beginning of a text that fits into `cells`; where something was cut, it ends in `…`. */
export function clip(text: string, cells: number): string {
  // A glyph of n cells has at least one UTF-16 unit per two cells, so this much text decides.
  const head = text.length > 64 * (cells + 1) ? text.slice(0, 64 * (cells + 1)) : text;
  if (head.length === text.length && displayWidth(text) <= cells) return text;
  let kept = "";
  let used = 0;
  for (const glyph of glyphsOf(head)) {
    if (used + glyph.cells > cells - 1) break;
    kept += glyph.text;
    used += glyph.cells;
  }
  return `${kept}…`;
}

// Controls, half surrogates, line separators and the marks that reorder text: shown as they are, they could move the
// cursor, recolour the terminal or make a line read differently from what it is.
const unsafe = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A text that is safe to show on one line of a terminal: every control character stands as one visible character. */
export function visible(text: string): string {
  return text.replace(unsafe, (c) => {
    const code = c.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}
