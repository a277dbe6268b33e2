type Events = Iterable<object> | AsyncIterable<object>;

/** Events looked at before the first is used. */
const sampleSize = 200;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function typeOf(value: unknown): string | null {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "long";
    case "number":
      return Number.isInteger(value) ? "long" : "real";
    case "string":
      return value === "" ? null : isoTime.test(value) ? "datetime" : "string";
    case "object":
      return value === null ? null : "dynamic";
    default:
      return null;
  }
}

function both(a: string | null, b: string | null): string | null {
  if (a === null || a === b) return b;
  if (b === null) return a;
  const pair = [a, b].sort().join();
  if (pair === "long,real") return "real";
  if (pair === "datetime,string") return "string";
  return "dynamic";
}

/**
 * The columns of a table that nothing declares, from its first events: a column that only ever holds ISO times is a datetime,
 * one of mixed types is dynamic. Gives the events back whole.
 */
export async function inferColumns(events: Events): Promise<{ columns: Record<string, string>; events: Events }> {
  const types = new Map<string, string | null>();
  const sample: object[] = [];
  const look = (event: object): boolean => {
    sample.push(event);
    for (const one of Array.isArray(event) ? event : [event]) note(one);
    return sample.length < sampleSize;
  };
  const note = (event: object): void => {
    for (const [name, value] of Object.entries(event)) types.set(name, both(types.get(name) ?? null, typeOf(value)));
  };
  let whole: Events;
  if (Symbol.asyncIterator in events) {
    const rest = events[Symbol.asyncIterator]();
    for (let next = await rest.next(); !next.done; next = await rest.next()) if (!look(next.value)) break;
    whole = chain(sample, rest);
  } else {
    for (const event of events) if (!look(event)) break;
    whole = events;
  }
  const columns: Record<string, string> = {};
  for (const [name, type] of types) columns[name] = type ?? "string";
  return { columns, events: whole };
}

async function* chain(first: readonly object[], rest: AsyncIterator<object>): AsyncGenerator<object> {
  yield* first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
