import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { eventFormats } from "../events/format.ts";
import { parseDatetime } from "../types/time.ts";
import type { BuildOptions } from "./commands/build.ts";
import type { CheckOptions } from "./commands/check.ts";
import type { CiOptions } from "./commands/ci.ts";
import type { ExplainOptions, Stage } from "./commands/explain.ts";
import type { FmtOptions } from "./commands/fmt.ts";
import type { ImportOptions } from "./commands/import.ts";
import type { TranspileOptions } from "./commands/transpile.ts";
import type { VerifyCommandOptions } from "./commands/verify.ts";
import type { ExitCode } from "./failure.ts";
import { exitCodes, Failure } from "./failure.ts";
import { packageVersion } from "./package-version.ts";
import type { RunCommandOptions } from "./run-options.ts";
import { paint, type Terminal } from "./terminal.ts";

/** Runs the command line and returns the exit code. Nothing is thrown: an unexpected error becomes a message too. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.fine;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    if (argv.length === 0) {
      terminal.err(program.helpInformation());
      return exitCodes.misuse;
    }
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return report(error, terminal);
  }
}

/** All commands. Their code is loaded when they run, so that a small one starts fast. */
function createProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command("ruleport")
    .description("Ports detection rules between SIEMs: KQL in; SPL, Sigma, TypeScript and KQL out.")
    .version(packageVersion())
    .exitOverride()
    .showHelpAfterError("(--help shows how it is used)")
    .configureOutput({
      writeOut: (text) => void terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => Math.min(terminal.width, 100),
      getErrHelpWidth: () => Math.min(terminal.errWidth, 100),
    })
    .addHelpText("after", `\nExit codes: 0 fine, 1 findings in the input, 2 wrong use.`);

  program
    .command("build")
    .description("port a folder of rules to every target, and run them on events")
    .argument(
      "[dir]",
      "folder with .yml, .yaml and .kql rules; that of ruleport.yml, or `rules`, where it is not given",
    )
    .option("--out <dir>", "folder to write to; that of ruleport.yml, or `out`, where it is not given")
    .addOption(
      new Option("--check", "write nothing; fail where the output folder is not up to date").conflicts("watch"),
    )
    .option("--watch", "build again whenever a rule is saved, and hold its outputs against it")
    .addOption(eventsOption("events to run the rules on, instead of those in DIR/sample"))
    .addOption(nowOption())
    .addOption(listOption("--profile <file>", "field-mapping profile of your own, for SPL; may be repeated"))
    .addOption(schemaOption())
    .addOption(formatOption(["text", "json"]))
    .action(async (dir: string | undefined, options: BuildOptions) => {
      finish(await (await import("./commands/build.ts")).build(dir, options, terminal));
    });

  program
    .command("transpile")
    .description("port one rule; its text goes to standard output, notes to standard error")
    .addArgument(ruleArgument())
    .addOption(new Option("--to <target>", "what to port to").choices(targetNames).makeOptionMandatory())
    .option("--profile <name>", "field-mapping profile: a name, or a YAML file of your own")
    .addOption(new Option("--flavour <name>", "name of the event time in KQL").choices(["defender", "sentinel"]))
    .addOption(variantOption())
    .option("--from <profile>", "profile of an SPL search's own fields; found by what it selects where this is absent")
    .addOption(macroFileOption())
    .option("--macros", "SPL: use the macros of Splunk's security content")
    .option("--standalone", "TypeScript: import nothing")
    .addOption(schemaOption())
    .addOption(formatOption(["text", "json"]))
    .action(async (file: string, options: TranspileOptions) => {
      finish(await (await import("./commands/transpile.ts")).transpile(file, options, terminal));
    });

  program
    .command("run")
    .description("run one rule on events")
    .addArgument(ruleArgument())
    .addOption(eventsOption("events: .jsonl, .json or .csv, also .gz; - for standard input"))
    .addOption(
      new Option("--input-format <format>", "of the events, where the name does not tell").choices(eventFormats),
    )
    .option("--skip-bad-lines", "leave out lines that cannot be read, instead of stopping")
    .addOption(nowOption())
    .addOption(
      new Option("--format <format>", "of the rows").choices(["table", "json", "jsonl", "csv"]).default("table"),
    )
    .option("--limit <count>", "rows to show at most", countOf)
    .addOption(variantOption())
    .addOption(schemaOption())
    .addOption(macroFileOption())
    .option("--time-zone <zone>", "SPL: the zone in which days begin and times are written, such as Europe/Berlin")
    .action(async (file: string, options: RunCommandOptions) => {
      finish(await (await import("./commands/run.ts")).run(file, options, terminal));
    });

  program
    .command("verify")
    .description("prove two rules equal on events, or show the event on which they differ")
    .argument("<a>", "a rule: KQL, SPL, Sigma or emitted TypeScript")
    .argument("[b]", "the other one; without it, everything that the build emits of A")
    .option("--profile <name>", "fields of the SPL or Sigma rule: a profile's name, or a YAML file of your own")
    .addOption(eventsOption("events besides the made ones, in the columns of KQL or in the target's fields"))
    .option("--generate <count>", "events to make", countOf, 20_000)
    .option("--seed <number>", "makes other events", countOf, 1)
    .addOption(nowOption())
    .option("--time-zone <name>", "zone of the Splunk user, such as Europe/Berlin", "UTC")
    .option("--macro-file <file>", "SPL: definitions of macros, as JSON")
    .option("--shared", "compare only the columns that both results have")
    .addOption(variantOption())
    .addOption(schemaOption())
    .addOption(formatOption(["text", "json", "junit"]))
    .action(async (a: string, b: string | undefined, options: VerifyCommandOptions) => {
      finish(await (await import("./commands/verify.ts")).verify(a, b, options, terminal));
    });

  program
    .command("check")
    .description("report what is wrong with rules")
    .argument("<file...>", "rules, .spl searches, or - for standard input")
    .option("--strict", "fail on warnings too")
    .addOption(schemaOption())
    .addOption(macroFileOption())
    .addOption(formatOption(["text", "json", "sarif"]))
    .action(async (files: string[], options: CheckOptions) => {
      finish(await (await import("./commands/check.ts")).check(files, options, terminal));
    });

  program
    .command("ci")
    .description("check, build, verify and compare a project of rules in one run, for a pipeline")
    .argument("[dir]", "folder with ruleport.yml", ".")
    .option("--base <commit>", "compare with the output of this commit, instead of the output folder as it is")
    .option("--generate <count>", "events to make for each comparison", countOf)
    .option("--sarif <file>", "write findings for code scanning")
    .option("--junit <file>", "write results as JUnit XML")
    .option("--summary <file>", "add a summary in Markdown, for a pull request")
    .action(async (dir: string, options: CiOptions) => {
      finish(await (await import("./commands/ci.ts")).ci(dir, options, terminal));
    });

  program
    .command("import")
    .description("make rule files of Sentinel YAML, ARM templates, hunting pages, Splunk content, bare queries")
    .argument("<dir>", "a folder of them, or one file")
    .option("--out <dir>", "folder to write rule files to", "rules")
    .option("--force", "replace rule files that are there and differ")
    .addOption(formatOption(["text", "json"]))
    .action(async (dir: string, options: ImportOptions) => {
      finish(await (await import("./commands/import.ts")).importRules(dir, options, terminal));
    });

  program
    .command("explain")
    .description("show what one of the stages makes of a query, or what a code means")
    .argument("<file>", "a .yml or .kql rule, - for standard input, or a code such as KQL206")
    .addArgument(new Argument("[stage]", "stage to show").choices(["tokens", "cst", "ast", "plan"]).default("plan"))
    .addOption(variantOption())
    .addOption(schemaOption())
    .addOption(formatOption(["text", "json"]))
    .action(async (file: string, stage: Stage, options: ExplainOptions) => {
      finish(await (await import("./commands/explain.ts")).explain(file, stage, options, terminal));
    });

  program
    .command("fmt")
    .description("format queries")
    .argument("<file...>", "rules, or - for standard input")
    .addOption(new Option("--write", "change the files").conflicts("check"))
    .option("--check", "write nothing; name the files that are not formatted, and fail")
    .action(async (files: string[], options: FmtOptions) => {
      finish(await (await import("./commands/fmt.ts")).fmt(files, options, terminal));
    });

  // Subcommands take over neither of these from their parent.
  for (const command of program.commands) command.exitOverride().showHelpAfterError("(--help shows how it is used)");
  return program;
}

const targetNames = ["spl", "sigma", "typescript", "ts", "kql"];

function ruleArgument(): Argument {
  return new Argument("<file>", "a .yml or .kql rule, a .spl search, or - for standard input");
}

function listOption(flags: string, description: string): Option {
  return new Option(flags, description)
    .default([], "none")
    .argParser((value: string, all: string[]) => [...all, value]);
}

function eventsOption(description: string): Option {
  return new Option("--events <[TABLE=]FILE...>", description);
}

function nowOption(): Option {
  return new Option("--now <time>", "the time that now() gives, such as 2026-01-31T12:00:00Z").argParser(isoTime);
}

function schemaOption(): Option {
  return listOption("--schema <file>", "tables besides the known ones, as JSON or YAML; may be repeated");
}

function macroFileOption(): Option {
  return listOption("--macro-file <file>", "what the macros of SPL stand for, as JSON or YAML; may be repeated");
}

function variantOption(): Option {
  return new Option("--variant <name>", "a variant of the rule");
}

function formatOption(formats: readonly string[]): Option {
  return new Option("--format <format>", "of the output").choices(formats).default("text");
}

function isoTime(value: string): string {
  if (parseDatetime(value) !== null) return value;
  throw new InvalidArgumentError("Write it as 2026-01-31T12:00:00Z.");
}

function countOf(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It is a number of rows.");
}

function report(error: unknown, terminal: Terminal): ExitCode {
  // Commander has written its message; help and version end this way too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.misuse;
  const label = paint(terminal.errColor, ["bold", "red"], "error:");
  if (error instanceof Failure) {
    const hint = error.hint === undefined ? "" : `\n  ${paint(terminal.errColor, "cyan", "hint:")} ${error.hint}`;
    terminal.err(`${label} ${error.message}${hint}\n`);
    return error.exitCode;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message.split("\n")[0] ?? ""}` : String(error);
  terminal.err(`${label} ruleport has a defect (${message}); please report it with the command and its input\n`);
  if (process.env.RULEPORT_DEBUG && error instanceof Error) terminal.err(`${error.stack ?? ""}\n`);
  return exitCodes.internal;
}
