/** Decisions as a list of numbers: fast-check shrinks the list, and so the text that is made of it. The first of a list is the simplest. */
export class Choices {
  private at = 0;
  private readonly numbers: readonly number[];
  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }
  /** From 0 up to, but not including, `n`; 0 when the list is used up. */
  below(n: number): number {
    return (this.numbers[this.at++] ?? 0) % n;
  }
  of<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
  /** One of a list that may be empty. */
  any<T>(items: readonly T[]): T | undefined {
    return items[this.below(Math.max(items.length, 1))];
  }
  /** In one case of `n`; not in the simplest. */
  oneIn(n: number): boolean {
    return this.below(n) === n - 1;
  }
}
