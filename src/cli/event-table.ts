import { stat } from "node:fs/promises";
import type { EventFormat } from "../events/format.ts";
import type { EventError, EventRecord } from "../events/problem.ts";
import { readEventBatches } from "../events/read-events.ts";
import { unreadable } from "../events/unreadable.ts";
import { Failure } from "./failure.ts";

export interface EventTableOptions {
  readonly format?: EventFormat;
  readonly onBadLine?: (error: EventError) => void;
  /** Called with the bytes read of all files together. */
  readonly onProgress?: (bytes: number) => void;
}

/** Files as one table of events, in batches, read anew every time it is iterated; standard input can be read once. */
export function eventTable(
  paths: readonly string[],
  options: EventTableOptions,
): AsyncIterable<readonly EventRecord[]> {
  let started = false;
  return {
    async *[Symbol.asyncIterator]() {
      if (started && paths.includes("-")) {
        throw new Failure("this query reads its table more than once, which standard input cannot", {
          hint: "put the events into a file",
        });
      }
      started = true;
      for (const path of paths) yield* readEventBatches(path, readOptions(options));
    },
  };
}

function readOptions({ format, onBadLine, onProgress }: EventTableOptions): Parameters<typeof readEventBatches>[1] {
  let seen = 0;
  return {
    ...(format === undefined ? {} : { format }),
    ...(onBadLine === undefined ? {} : { onBadLine }),
    ...(onProgress === undefined
      ? {}
      : {
          onProgress: (bytes: number) => {
            onProgress(bytes - seen);
            seen = bytes;
          },
        }),
  };
}

/** Bytes of all files together; null where one is standard input. @throws Failure for a file that is not there. */
export async function totalSize(paths: readonly string[]): Promise<number | null> {
  let total: number | null = 0;
  for (const path of paths) {
    if (path === "-") total = null;
    else {
      try {
        const { size } = await stat(path);
        if (total !== null) total += size;
      } catch (error) {
        throw new Failure(`${path}: ${unreadable(path, error).message}`);
      }
    }
  }
  return total;
}
