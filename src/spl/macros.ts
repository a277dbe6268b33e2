import { macroPattern } from "#grammar/spl";
import type { Code } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import { suggestion } from "../diagnostics/suggest.ts";
import { macroParts } from "./build/text.ts";

/** What a macro stands for: `$name$` in the definition is the argument of that name. */
export interface MacroDefinition {
  readonly definition: string;
  readonly arguments?: readonly string[];
}

/** Macros by name, or by name and number of arguments as in macros.conf: `ctime(1)`. */
export type Macros = Readonly<Record<string, MacroDefinition>>;

export interface MacroFinding {
  readonly code: Extract<Code, "SPL008" | "SPL009">;
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

/** A text with its macros expanded. `origin` gives a range's place in the text that it was made of: for what a macro stands for, the call's. */
export interface Expansion {
  readonly text: string;
  readonly origin: (span: Span) => Span;
  /** The name of the macro that a place in the expanded text comes from. */
  readonly macroAt: (offset: number) => string | null;
  readonly findings: readonly MacroFinding[];
}

const depthLimit = 20;
const sizeLimit = 1_000_000;

/** A run of the expanded text: as it is written from `source`, or the expansion of the call at `source`. */
interface Run {
  readonly start: number;
  readonly end: number;
  readonly source: Span;
  readonly macro: string | null;
}

/**
 * Expands the calls of macros, those in definitions too. Calls in texts and comments stay. A macro that is not known stays as
 * a call and is a warning; one that contains itself, has other arguments or grows too large is an error. Without macros the
 * text stays as it is. (Search Manual: "Use search macros in searches")
 */
export function expandMacros(text: string, macros: Macros | null): Expansion {
  if (macros === null) return { text, origin: (span) => span, macroAt: () => null, findings: [] };
  const findings: MacroFinding[] = [];
  const runs: Run[] = [];
  let out = "";
  const append = (piece: string, source: Span, macro: string | null): void => {
    runs.push({ start: out.length, end: out.length + piece.length, source, macro });
    out += piece;
  };
  for (const piece of piecesOf(text)) {
    if (!isCall(piece.text)) append(piece.text, piece.span, null);
    else {
      const budget = { left: sizeLimit - out.length };
      const found = new Map<string, MacroFinding>();
      const expanded = expandCall(piece.text, { macros, span: piece.span, budget, found }, []);
      findings.push(...found.values());
      append(expanded, piece.span, expanded === piece.text ? null : macroParts(piece.text).name);
    }
  }
  return { text: out, findings, ...places(runs, text.length) };
}

function places(runs: readonly Run[], length: number): Pick<Expansion, "origin" | "macroAt"> {
  const runAt = (offset: number): Run | undefined => {
    let low = 0;
    for (let high = runs.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((runs[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return runs[low];
  };
  const startOf = (offset: number): number => {
    const run = runAt(offset);
    if (run === undefined) return length;
    return run.macro === null ? run.source.start + (offset - run.start) : run.source.start;
  };
  const endOf = (offset: number): number => {
    const run = runAt(offset - 1);
    if (run === undefined) return length;
    return run.macro === null ? run.source.start + (offset - run.start) : run.source.end;
  };
  return {
    origin: ({ start, end }) => {
      const from = startOf(start);
      return { start: from, end: end > start ? Math.max(from, endOf(end)) : from };
    },
    macroAt: (offset) => runAt(offset)?.macro ?? null,
  };
}

interface Piece {
  readonly text: string;
  readonly span: Span;
}

const comment = "```[\\s\\S]*?(?:```|$)";
const text = String.raw`"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$)`;
const piece = new RegExp(
  String.raw`${comment}|${text}|${macroPattern.source}|(?:\\["\\|]|[^"\x60\\]|\\)+|[\x60"]`,
  "g",
);

/** Texts and comments, calls of macros, and what stands between them. */
function piecesOf(text: string): readonly Piece[] {
  return [...text.matchAll(piece)].map((found) => ({
    text: found[0],
    span: { start: found.index, end: found.index + found[0].length },
  }));
}

function isCall(written: string): boolean {
  return written.length > 2 && written.startsWith("`") && !written.startsWith("```");
}

interface Expanding {
  readonly macros: Macros;
  /** The call in the user's text, for messages. */
  readonly span: Span;
  readonly budget: { left: number };
  readonly found: Map<string, MacroFinding>;
}

/** What a call stands for; the call itself where that cannot be said. `callers`: the macros in whose definitions it stands. */
function expandCall(call: string, context: Expanding, callers: readonly string[]): string {
  const { name, args } = macroParts(call);
  const shown = `\`${name.replace(/\s+/g, " ").slice(0, 60)}\``;
  const report = (code: MacroFinding["code"], message: string, hint?: () => string | undefined): string => {
    if (context.found.has(message)) return call;
    const suggested = hint?.();
    const finding = { code, span: context.span, message: `${message}${within(callers)}` };
    context.found.set(message, suggested === undefined ? finding : { ...finding, hint: suggested });
    return call;
  };
  const macro = findMacro(context.macros, name, args.length);
  if (macro === undefined) {
    return report("SPL008", `there is no macro ${shown}`, () =>
      suggestion(name, Object.keys(context.macros), "there are"),
    );
  }
  const parameters = macro.arguments ?? [];
  if (parameters.length !== args.length) {
    const wanted = ["no arguments", "one argument"][parameters.length] ?? `${parameters.length} arguments`;
    return report("SPL009", `the macro ${shown} takes ${wanted}, not ${args.length}`);
  }
  if (callers.includes(name)) return report("SPL009", `the macro ${shown} contains itself`);
  if (callers.length >= depthLimit) return report("SPL009", `more than ${depthLimit} macros inside each other`);
  const body = withArguments(macro.definition, parameters, args.map(argumentText), context.budget.left);
  const pieces = body === null ? [] : piecesOf(body);
  context.budget.left -= body?.length ?? 0;
  if (body === null || context.budget.left < 0) {
    context.budget.left = -1;
    return report("SPL009", `the macros grow to more than ${sizeLimit} characters`);
  }
  return pieces
    .map((p) => (isCall(p.text) && context.budget.left >= 0 ? expandCall(p.text, context, [...callers, name]) : p.text))
    .join("");
}

/** The macros in whose definitions a call stands, the outermost first. */
function within(callers: readonly string[]): string {
  const names = callers.map((name) => `\`${name}\``);
  if (names.length > 3) names.splice(1, names.length - 2, "…");
  return names.length === 0 ? "" : ` (in ${names.join(" > ")})`;
}

function findMacro(macros: Macros, name: string, count: number): MacroDefinition | undefined {
  for (const key of [`${name}(${count})`, name]) if (Object.hasOwn(macros, key)) return macros[key];
  return undefined;
}

/** An argument in double quotes stands for the text in them. */
function argumentText(written: string): string {
  if (!/^"(?:[^"\\]|\\[\s\S])*"$/.test(written)) return written;
  return written.slice(1, -1).replace(/\\(["\\])/g, "$1");
}

/** The definition with its arguments in place, or null where it would grow beyond a size. */
function withArguments(
  definition: string,
  parameters: readonly string[],
  args: readonly string[],
  most: number,
): string | null {
  if (parameters.length === 0) return definition.length > most ? null : definition;
  const names = parameters.map((p) => p.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  let size = definition.length;
  const body = definition.replace(new RegExp(`\\$(${names.join("|")})\\$`, "g"), (found, name: string) => {
    const value = args[parameters.indexOf(name)] ?? found;
    size += value.length - found.length;
    return size > most ? "" : value;
  });
  return size > most ? null : body;
}
