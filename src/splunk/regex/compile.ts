import { createContext, Script } from "node:vm";
import { type EmulatedRegExp, toRegExp } from "oniguruma-to-es";
import type { Located } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { SplProblem } from "../problem.ts";
import { PatternError } from "./scan.ts";
import { type Translation, translatePcre } from "./translate.ts";

/** A regular expression of a search, ready to run on texts. */
export interface Pattern {
  /** Names of its groups. */
  readonly names: readonly string[];
  test(text: string): boolean;
  /** The first match from a place on. */
  exec(text: string, from?: number): RegExpExecArray | null;
  /** All matches, at most `limit`, none overlapping. */
  all(text: string, limit?: number): readonly RegExpExecArray[];
}

interface Compiled {
  readonly expression: RegExp | EmulatedRegExp;
  readonly translation: Translation;
}

const cache = new Map<string, Compiled>();
const cacheSize = 500;

/** Work that is surely done within milliseconds: so many steps need no clock. */
const freeSteps = 2_000_000;

/** What one pattern may take on one text, in milliseconds. Splunk gives up far sooner (limits.conf, [rex] match_limit). */
const patience = 800;

/**
 * Makes a pattern of PCRE usable. `captures`: the caller reads groups. A pattern that PCRE would refuse, or that cannot be run here
 * as PCRE runs it, is a located problem; so is one that takes too long on a text.
 */
export function compilePattern(engine: Engine, node: Located, source: string, captures: boolean): Pattern {
  const { expression, translation } = compiled(node, source);
  if (captures && translation.forgets) {
    throw new SplProblem(
      "SPL204",
      node,
      `the pattern \`${source}\` has a group inside a repetition that can be passed without it`,
    );
  }
  const run = (text: string, from: number): RegExpExecArray | null => {
    const attempt = (): RegExpExecArray | null => {
      expression.lastIndex = from;
      return expression.exec(text);
    };
    return isCheap(translation, text.length) ? attempt() : guarded(engine, node, source, attempt);
  };
  return {
    names: translation.names,
    test: (text) => run(text, 0) !== null,
    exec: (text, from = 0) => run(text, from),
    all: (text, limit = Number.POSITIVE_INFINITY) => {
      const found: RegExpExecArray[] = [];
      let from = 0;
      while (found.length < limit && from <= text.length) {
        const match = run(text, from);
        if (match === null) break;
        found.push(match);
        const end = match.index + match[0].length;
        from = match[0] === "" ? end + widthAt(text, end) : end;
      }
      return found;
    },
  };
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function compiled(node: Located, source: string): Compiled {
  const known = cache.get(source);
  if (known !== undefined) return known;
  if (source.length > 20_000)
    throw new SplProblem("SPL204", node, "a regular expression of more than 20,000 characters");
  try {
    const translation = translatePcre(source);
    // The older target, for the newer one needs the flag `v`, with which Node 20 misses matches of repeated negated classes.
    const expression = toRegExp(translation.text, {
      accuracy: "strict",
      flags: "DSW",
      global: true,
      rules: { captureGroup: true, asciiWordBoundaries: true },
      target: "ES2018",
    });
    const made = { expression, translation };
    if (cache.size >= cacheSize) cache.clear();
    cache.set(source, made);
    return made;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const said = error instanceof PatternError ? reason : `it cannot be run here: ${reason}`;
    throw new SplProblem("SPL204", node, `the regular expression \`${source}\` is not valid: ${said}`);
  }
}

function isCheap(translation: Translation, length: number): boolean {
  if (translation.nested) return length <= 12;
  return (length + 1) ** Math.min(translation.loops + 1, 12) <= freeSteps;
}

/** Where a guarded match leaves what it found; the script can only call, not return. */
const box: { task: () => RegExpExecArray | null } = { task: () => null };
const context = createContext({ run: () => box.task() });
const script = new Script("run()");

function guarded(
  engine: Engine,
  node: Located,
  source: string,
  task: () => RegExpExecArray | null,
): RegExpExecArray | null {
  const start = performance.now();
  let found: RegExpExecArray | null = null;
  box.task = () => {
    found = task();
    return null;
  };
  try {
    script.runInContext(context, {
      timeout: Math.max(1, Math.min(patience, Math.ceil(engine.patience.seconds * 1000))),
    });
  } catch (error) {
    if (
      typeof error === "object" &&
      error !== null &&
      "code" in error &&
      error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
    ) {
      throw new SplProblem("SPL207", node, `the regular expression \`${source}\` takes too long`);
    }
    throw error;
  } finally {
    // A millisecond is free, so that many quick matches are no fault.
    engine.patience.seconds -= Math.max(0, performance.now() - start - 1) / 1000;
  }
  return found;
}
