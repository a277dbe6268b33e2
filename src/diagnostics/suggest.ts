/** Edits (insert, delete, replace, swap of neighbours) that lead from one word to the other, or `limit + 1` when more. */
function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    const code = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (code === other ? 0 : 1));
      const swapped = i > 1 && j > 1 && code === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other;
      if (swapped) edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      if (edits < least) least = edits;
      row[j] = edits;
    }
    // A swap looks two rows back and adds one: from here on nothing gets below this row's least value.
    if (least > limit + 1) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/** Which letters stand in a word, a bit for each of some thirty groups: a quick way to see that words are far apart. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

function count(bits: number): number {
  let n = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) n++;
  return n;
}

/** The known word that is nearest to what was written, when near enough to be meant; case does not count. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const written = word.toLowerCase().slice(0, 64);
  const limit = Math.max(1, Math.min(3, Math.floor(written.length / 3)));
  let best: string | undefined;
  let edits = limit + 1;
  const letters = lettersOf(written);
  for (const candidate of known) {
    if (Math.abs(candidate.length - written.length) > limit) continue;
    // Upper and lower case of a letter share their bit.
    if (count(letters & ~lettersOf(candidate)) > limit) continue;
    const d = distance(written, candidate.toLowerCase(), limit);
    if (d < edits) {
      best = candidate;
      edits = d;
    }
  }
  return best;
}

/** A hint such as "Did you mean `x`?" or a list of what exists, or undefined where nothing helps. */
export function suggestion(word: string, known: readonly string[], what: string): string | undefined {
  const near = nearest(word, known);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (known.length === 0 || known.length > 60) return undefined;
  const shown = known.slice(0, 12).join(", ");
  return `${what}: ${shown}${known.length > 12 ? `, and ${known.length - 12} more` : ""}`;
}
