import type { EventKind, Fields, MadeEvent } from "./made-event.ts";
import type { Neighbour } from "./make-values.ts";
import type { Random } from "./random.ts";

interface Sharp {
  readonly table: EventKind;
  readonly fields: Fields;
  readonly size: number;
  /** Changes that are yet to be tried; made when they are first asked for. */
  left: Neighbour[] | null;
}

/**
 * For each test of a rule the shortest event that the test alone decides about: what just fails the test shows on it, where on
 * another event some other test would hide it.
 */
export class SharpEvents {
  readonly #random: Random;
  readonly #misses: (fields: Fields) => readonly Neighbour[];
  readonly #byMark = new Map<string, Sharp>();
  #list: readonly Sharp[] | null = null;

  constructor(random: Random, misses: (fields: Fields) => readonly Neighbour[]) {
    this.#random = random;
    this.#misses = misses;
  }

  /** Takes note of an event by its marks; those with `!` name a test that alone decides. */
  see(event: MadeEvent, table: EventKind, marks: readonly string[]): void {
    const deciding = marks.filter((mark) => mark.includes("!"));
    if (deciding.length === 0) return;
    const size = JSON.stringify(event.fields).length;
    for (const mark of deciding) {
      if ((this.#byMark.get(mark)?.size ?? Number.POSITIVE_INFINITY) <= size) continue;
      this.#byMark.set(mark, { table, fields: event.fields, size, left: null });
      this.#list = null;
    }
  }

  /** An event and a change of it that was not tried before; null for none. */
  next(): { readonly table: EventKind; readonly fields: Fields; readonly change: Neighbour } | null {
    this.#list ??= [...this.#byMark.values()];
    const sharp = this.#random.pick(this.#list);
    if (sharp === undefined) return null;
    sharp.left ??= this.#random.shuffled(this.#misses(sharp.fields));
    const change = sharp.left.pop();
    return change === undefined ? null : { table: sharp.table, fields: sharp.fields, change };
  }
}
