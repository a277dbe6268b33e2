import { compareText, looksNumeric, type Value, valuesOf } from "../value.ts";
import type { Item } from "./accumulate.ts";
import type { Prepared } from "./prepare.ts";

/** An aggregate that is asked for its value after every row; what it keeps does not grow where that can be helped. */
export interface Running {
  add(item: Item | undefined): void;
  value(): Value | undefined;
}

/** What the aggregate of a streamstats keeps between rows. (Search Reference: streamstats) */
export function runningOf(aggregate: Prepared): Running {
  switch (aggregate.function) {
    case "count":
    case "c":
      return counting(aggregate);
    case "dc":
    case "distinct_count":
      return distinct();
    case "sum":
      return adding((sum) => sum);
    case "avg":
    case "mean":
      return adding((sum, count) => sum / count);
    case "min":
      return extreme(-1);
    case "max":
      return extreme(1);
    case "first":
      return keeping((before) => before === undefined);
    case "last":
      return keeping(() => true);
    default:
      return collecting(aggregate);
  }
}

function counting(aggregate: Prepared): Running {
  let count = 0;
  return {
    add: (item) => {
      count += aggregate.countsRows ? 1 : item === undefined ? 0 : valuesOf(item.value).length;
    },
    value: () => count,
  };
}

function distinct(): Running {
  const seen = new Set<string>();
  return {
    add: (item) => {
      for (const text of valuesOf(item?.value)) seen.add(text);
    },
    value: () => seen.size,
  };
}

function adding(finish: (sum: number, count: number) => number): Running {
  let sum = 0;
  let count = 0;
  return {
    add: (item) => {
      for (const text of valuesOf(item?.value)) {
        if (!looksNumeric(text)) continue;
        sum += Number(text);
        count++;
      }
    },
    value: () => (count === 0 ? undefined : finish(sum, count)),
  };
}

/** Numeric as long as all values are numbers. */
function extreme(direction: 1 | -1): Running {
  let number: number | undefined;
  let text: string | undefined;
  let isNumeric = true;
  return {
    add: (item) => {
      for (const value of valuesOf(item?.value)) {
        if (text === undefined || direction * compareText(value, text) > 0) text = value;
        if (!looksNumeric(value)) isNumeric = false;
        else if (number === undefined || direction * (Number(value) - number) > 0) number = Number(value);
      }
    },
    value: () => (isNumeric ? number : text),
  };
}

function keeping(replaces: (before: Value | undefined) => boolean): Running {
  let kept: Value | undefined;
  return {
    add: (item) => {
      if (item !== undefined && replaces(kept)) kept = item.value;
    },
    value: () => kept,
  };
}

function collecting(aggregate: Prepared): Running {
  const items: Item[] = [];
  let rows = 0;
  return {
    add: (item) => {
      rows++;
      if (item !== undefined) items.push(item);
    },
    value: () => aggregate.finish(items, rows),
  };
}
