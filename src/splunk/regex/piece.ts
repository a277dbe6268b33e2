/** A part of a translated pattern, and what is known of it. */
export interface Piece {
  readonly text: string;
  /** How many characters it takes, where that never varies. */
  readonly width: number | null;
  /** Repetitions without a close bound, one after another: each is a power of the length in the worst case. */
  readonly loops: number;
  /** A repetition inside a repetition: the worst case grows exponentially. */
  readonly nested: boolean;
  readonly captures: boolean;
  /** Can be passed without every capture in it: an alternative, or something optional. */
  readonly optional: boolean;
  /** Can match nothing. */
  readonly nullable: boolean;
  /** Matches nothing where it could also match something: a lazy repetition, an empty alternative before others. */
  readonly prefersEmpty: boolean;
}

export const nothing: Piece = {
  text: "",
  width: 0,
  loops: 0,
  nested: false,
  captures: false,
  optional: false,
  nullable: true,
  prefersEmpty: false,
};

export function plain(text: string, width: number | null): Piece {
  return { ...nothing, text, width, nullable: width === 0 };
}

export function joined(pieces: readonly Piece[]): Piece {
  return {
    text: pieces.map((p) => p.text).join(""),
    width: pieces.reduce<number | null>((sum, p) => (sum === null || p.width === null ? null : sum + p.width), 0),
    loops: pieces.reduce((sum, p) => sum + p.loops, 0),
    nested: pieces.some((p) => p.nested),
    captures: pieces.some((p) => p.captures),
    optional: pieces.some((p) => p.optional),
    nullable: pieces.every((p) => p.nullable),
    prefersEmpty: pieces.some((p) => p.prefersEmpty),
  };
}

/** One unit that a quantifier can follow. */
export function group(text: string): string {
  return /^(?:[^\\]|\\[^xpP]|\\x[0-9a-f]{2}|\\[xpP]\{[^}]*\}|\[(?:[^\\[\]]|\\.)*\]|\([^()\\]*\))$/s.test(text)
    ? text
    : `(?:${text})`;
}
