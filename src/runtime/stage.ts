/** One operator at work: takes rows in batches and gives rows, in order. */
export interface Stage<In, Out> {
  push(rows: readonly In[]): readonly Out[];
  /** What is left when the input has ended. */
  end(): readonly Out[];
  /** True when further input changes nothing any more. */
  full?(): boolean;
}

/** An operator: `prepare` reads what it needs besides its input (a join's other side), then `start` begins a run. */
export interface Operator<In, Out> {
  prepare?(): Promise<void>;
  start(): Stage<In, Out>;
}

const none: readonly never[] = [];

/** An operator that treats every batch alone. */
export function batchwise<In, Out>(push: (rows: readonly In[]) => readonly Out[]): Operator<In, Out> {
  return { start: () => ({ push, end: () => none }) };
}

/** An operator that has nothing to give before its input has ended. */
export function gathering<In, Out>(start: () => { add(row: In): void; result(): readonly Out[] }): Operator<In, Out> {
  return {
    start() {
      const state = start();
      return {
        push(rows) {
          for (const row of rows) state.add(row);
          return none;
        },
        end: () => state.result(),
      };
    },
  };
}

/** Two operators as one. */
export function chained<A, B, C>(first: Operator<A, B>, second: Operator<B, C>): Operator<A, C> {
  return {
    async prepare() {
      await first.prepare?.();
      await second.prepare?.();
    },
    start() {
      const one = first.start();
      const two = second.start();
      return {
        push(rows) {
          const between = one.push(rows);
          return between.length === 0 ? none : two.push(between);
        },
        end() {
          const last = one.end();
          const rows = last.length === 0 || two.full?.() ? none : two.push(last);
          const rest = two.end();
          return rows.length === 0 ? rest : rest.length === 0 ? rows : [...rows, ...rest];
        },
        full: () => one.full?.() === true || two.full?.() === true,
      };
    },
  };
}

export function passing<T>(): Operator<T, T> {
  return batchwise((rows) => rows);
}

/** All that an operator makes of these rows. */
export function runOver<In, Out>(operator: Operator<In, Out>, rows: readonly In[]): readonly Out[] {
  const stage = operator.start();
  const first = stage.push(rows);
  const rest = stage.end();
  return rest.length === 0 ? first : [...first, ...rest];
}
