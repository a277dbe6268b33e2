import type { MadeEvent } from "./made-event.ts";
import { withFields, without } from "./made-event.ts";

/** Whether the rules still differ on these events. */
export type Differs = (events: readonly MadeEvent[]) => Promise<boolean>;

/** How much work shrinking may be: each run counts as its events and some more. */
const mostWork = 300_000;
const workOfRun = 20;

/**
 * The fewest events, fields and characters on which the rules still differ: each step leaves something out and keeps the rest only
 * where they differ without it.
 */
export async function shrink(
  events: readonly MadeEvent[],
  differs: Differs,
  keep: readonly string[],
): Promise<readonly MadeEvent[]> {
  let left = mostWork;
  const still: Differs = async (tried) => {
    left -= tried.length + workOfRun;
    return left > 0 && (await differs(tried));
  };
  let found = await fewest(events, still);
  for (let before = ""; before !== JSON.stringify(found) && left > 0; ) {
    before = JSON.stringify(found);
    found = await fewest(found, still);
    found = await fewerFields(found, still, keep);
    found = await shorterValues(found, still, keep);
  }
  return found;
}

/** Delta debugging: halves first, then smaller and smaller parts. */
async function fewest<T>(items: readonly T[], still: (tried: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let found = items;
  for (let parts = 2; found.length > 1; ) {
    const size = Math.ceil(found.length / parts);
    let smaller: readonly T[] | null = null;
    for (let at = 0; at < found.length && smaller === null; at += size) {
      const part = found.slice(at, at + size);
      if (part.length < found.length && (await still(part))) smaller = part;
    }
    if (smaller !== null) {
      found = smaller;
      parts = 2;
      continue;
    }
    for (let at = 0; at < found.length && smaller === null; at += size) {
      const rest = [...found.slice(0, at), ...found.slice(at + size)];
      if (rest.length > 0 && (await still(rest))) smaller = rest;
    }
    if (smaller !== null) {
      found = smaller;
      parts = Math.max(2, parts - 1);
    } else if (parts >= found.length) break;
    else parts = Math.min(found.length, parts * 2);
  }
  return found;
}

async function fewerFields(
  events: readonly MadeEvent[],
  still: Differs,
  keep: readonly string[],
): Promise<readonly MadeEvent[]> {
  let found = events;
  for (const name of new Set(events.flatMap((e) => Object.keys(e.fields)))) {
    if (keep.includes(name)) continue;
    const everywhere = found.map((e) => withFields(e, without(e.fields, name)));
    if (await still(everywhere)) {
      found = everywhere;
      continue;
    }
    for (const [i, event] of found.entries()) {
      if (!(name in event.fields)) continue;
      const tried = found.with(i, withFields(event, without(event.fields, name)));
      if (await still(tried)) found = tried;
    }
  }
  return found;
}

async function shorterValues(
  events: readonly MadeEvent[],
  still: Differs,
  keep: readonly string[],
): Promise<readonly MadeEvent[]> {
  let found = events;
  for (const i of events.keys()) {
    for (const [name, value] of Object.entries(found[i]?.fields ?? {})) {
      const tryValue = async (next: unknown): Promise<boolean> => {
        const event = found[i];
        if (event === undefined) return false;
        const tried = found.with(i, withFields(event, { ...event.fields, [name]: next }));
        if (!(await still(tried))) return false;
        found = tried;
        return true;
      };
      if (typeof value === "string" && value !== "" && !keep.includes(name)) {
        const letters = await fewest([...value], async (tried) => tryValue(tried.join("")));
        for (const [at, letter] of letters.entries()) {
          const now = [...String(found[i]?.fields[name] ?? "")];
          if (letter !== now[at] || /[a ]/.test(letter)) continue;
          await tryValue(now.with(at, "a").join(""));
        }
      }
      if (typeof value === "number" && !Number.isInteger(value)) await tryValue(Math.round(value));
      if (keep.includes(name)) continue;
      if (typeof value === "number" && Math.abs(value) < 1e8 && value !== 0 && value !== 1)
        (await tryValue(0)) || (await tryValue(1));
    }
  }
  return found;
}
