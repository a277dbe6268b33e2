/**
 * `like(text, pattern)`: `%` stands for any characters, `_` for one; case counts, and a backslash is a character like others.
 * (Comparison and Conditional functions: like)
 */
export function likeMatches(text: string, pattern: string): boolean {
  return matchesWild([...text], [...pattern], "%", "_");
}

/** Greedy matching with one place to return to: never more than the product of both lengths. */
export function matchesWild(
  text: readonly string[] | string,
  pattern: readonly string[] | string,
  any: string,
  one: string | null,
): boolean {
  let at = 0;
  let in_ = 0;
  let star = -1;
  let mark = 0;
  while (at < text.length) {
    const c = pattern[in_];
    if (c === any) {
      star = in_++;
      mark = at;
    } else if (c !== undefined && (c === text[at] || (one !== null && c === one))) {
      at++;
      in_++;
    } else if (star >= 0) {
      in_ = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[in_] === any) in_++;
  return in_ === pattern.length;
}
