import { EventError } from "../events/problem.ts";
import { readEvents } from "../events/read-events.ts";
import { eventFailure } from "./event-errors.ts";
import { baseName, eventFileOf } from "./event-files.ts";

/**
 * The events of `[TABLE=]FILE` arguments by their tables; a file that names none belongs to `table`, or to the one that it is called after.
 * @throws Failure where they cannot be read
 */
export async function givenEvents(values: readonly string[], table?: string): Promise<Record<string, object[]>> {
  const events: Record<string, object[]> = {};
  for (const value of values) {
    const file = eventFileOf(value);
    const name = file.table ?? table ?? baseName(file.path);
    const list = events[name] ?? [];
    events[name] = list;
    try {
      for await (const event of readEvents(file.path)) list.push(event);
    } catch (error) {
      throw error instanceof EventError ? eventFailure(error) : error;
    }
  }
  return events;
}
