import type { Located } from "../../spl/tree.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { jsonCommands } from "./as-json.ts";
import { runMap } from "./map.ts";
import type { RunPlain } from "./plain-command.ts";
import { reshaping } from "./reshape.ts";
import { rowCommands } from "./rows.ts";
import type { Run } from "./run.ts";
import { totals } from "./totals.ts";
import { runXmlkv } from "./xmlkv.ts";

/** Commands that change nothing of the rows: they write elsewhere, or change how Splunk runs or shows a search. */
const withoutEffect = new Set([
  "collect",
  "sendalert",
  "sendemail",
  "outputcsv",
  "outputtext",
  "mcollect",
  "meventcollect",
  "tscollect",
  "localop",
  "noop",
  "require",
  "redistribute",
  "highlight",
  "iconify",
]);

const commands: Readonly<Record<string, RunPlain>> = {
  ...jsonCommands,
  ...reshaping,
  ...rowCommands,
  ...totals,
  map: runMap,
  xmlkv: runXmlkv,
};

/** Commands whose arguments are words and options. What is not here is a located problem. */
export const runPlain: Run<"plain"> = (node, input, engine) => {
  const name = node.name.toLowerCase();
  if (withoutEffect.has(name)) {
    engine.warn("SPL212", node, `\`${name}\` passes the rows on: a run has no effect outside`);
    return input;
  }
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (run === undefined) throw notRun(node, node.name);
  const words = node.args.flatMap((arg) => {
    if (arg.kind === "option") return [];
    if (arg.kind === "word") return [arg.text];
    throw new SplProblem("SPL203", arg, `\`${name}\` takes no ${arg.kind} here`);
  });
  const options = node.args.filter((arg) => arg.kind === "option");
  return run({ node, words, engine, options: (known) => new Options(name, options, known) }, input);
};

export function notRun(node: Located, name: string): SplProblem {
  return new SplProblem("SPL201", node, `the command \`${name}\` is not run here`);
}
