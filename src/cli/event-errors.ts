import type { EventError } from "../events/problem.ts";
import { exitCodes, Failure } from "./failure.ts";
import { paint, type Terminal } from "./terminal.ts";

/** An error of reading events as one for the command's user. */
export function eventFailure(error: EventError): Failure {
  const message = `${placeOfEvent(error)}: ${error.message}`;
  return error.code === "FILE001"
    ? new Failure(message)
    : new Failure(message, { exitCode: exitCodes.findings, hint: "--skip-bad-lines leaves such lines out" });
}

function placeOfEvent(error: EventError): string {
  return error.line === null ? error.file : `${error.file}:${error.line}`;
}

/** Collects lines that were left out: the first few are told at once, the rest counted. */
export function badLineLog(terminal: Terminal): { note(error: EventError): void; finish(): void } {
  const told = 5;
  let count = 0;
  return {
    note(error) {
      count++;
      const label = paint(terminal.errColor, "yellow", `warning ${error.code}:`);
      if (count <= told) terminal.err(`${placeOfEvent(error)} ${label} left out: ${error.message}\n`);
    },
    finish() {
      if (count > told) terminal.err(`${count} lines left out in all\n`);
    },
  };
}
