import { wordLetters } from "./regex-classes.ts";
import { type Assertion, type Node, type ParsedPattern, PatternError } from "./regex-parse.ts";

// Matching in time linear in the text, whatever the pattern: all ways to match advance side by side, one character at a time
// (Pike's machine). Of several matches it finds the leftmost, and the one that a backtracking engine would try first.

type Instruction =
  | { readonly op: "set"; readonly has: (code: number) => boolean }
  | { readonly op: "assert"; readonly what: Assertion }
  | { readonly op: "save"; readonly slot: number }
  | { op: "split"; first: number; second: number }
  | { op: "jump"; to: number }
  | { readonly op: "match" };

export type Program = readonly Instruction[];

const mostInstructions = 10_000;

/** @throws PatternError where counted repetitions make the program too large. */
export function compile(pattern: ParsedPattern): Program {
  const program: Instruction[] = [];
  const sets = new Map<string, (code: number) => boolean>();
  const add = <I extends Instruction>(instruction: I): I => {
    if (program.push(instruction) > mostInstructions) throw new PatternError("the pattern is too large");
    return instruction;
  };
  const emit = (node: Node): void => {
    switch (node.kind) {
      case "empty":
        return;
      case "set": {
        const key = node.source + node.fold;
        const has = sets.get(key) ?? membership(node.source, node.fold);
        sets.set(key, has);
        add({ op: "set", has });
        return;
      }
      case "assert":
        add({ op: "assert", what: node.what });
        return;
      case "group":
        if (node.index >= 0) add({ op: "save", slot: 2 * node.index });
        emit(node.body);
        if (node.index >= 0) add({ op: "save", slot: 2 * node.index + 1 });
        return;
      case "sequence":
        node.items.forEach(emit);
        return;
      case "choice":
        emitChoice(node.items);
        return;
      case "repeat":
        emitRepeat(node.body, node.min, node.max, node.greedy);
    }
  };
  const emitChoice = (items: readonly Node[]): void => {
    const ends: { to: number }[] = [];
    items.forEach((item, i) => {
      if (i === items.length - 1) {
        emit(item);
        return;
      }
      const split = add({ op: "split", first: program.length + 1, second: 0 });
      emit(item);
      ends.push(add({ op: "jump", to: 0 }));
      split.second = program.length;
    });
    for (const end of ends) end.to = program.length;
  };
  /** A split whose preferred way goes into the body that follows; `leave` sets the other way. */
  const enter = (greedy: boolean): ((out: number) => void) => {
    const split = add({ op: "split", first: 0, second: 0 });
    const body = program.length;
    return (out) => {
      split.first = greedy ? body : out;
      split.second = greedy ? out : body;
    };
  };
  const emitRepeat = (body: Node, min: number, max: number, greedy: boolean): void => {
    if (max === Number.POSITIVE_INFINITY) {
      // `x+` for the last turn on; `x*` is `(?:x+)?`, so that a body which matches nothing still takes part once.
      for (let i = 1; i < min; i++) emit(body);
      const leave = min === 0 ? enter(greedy) : undefined;
      const loop = program.length;
      emit(body);
      const again = add({ op: "split", first: 0, second: 0 });
      again.first = greedy ? loop : program.length;
      again.second = greedy ? program.length : loop;
      leave?.(program.length);
      return;
    }
    for (let i = 0; i < min; i++) emit(body);
    const leaves = Array.from({ length: max - min }, () => {
      const leave = enter(greedy);
      emit(body);
      return leave;
    });
    for (const leave of leaves) leave(program.length);
  };
  add({ op: "save", slot: 0 });
  emit(pattern.root);
  add({ op: "save", slot: 1 });
  add({ op: "match" });
  return program;
}

/** A test for one set: a table for ASCII, the platform's engine on one character beyond it. */
function membership(source: string, fold: boolean): (code: number) => boolean {
  const one = new RegExp(`^${source}$`, fold ? "iv" : "v");
  const ascii = Array.from({ length: 128 }, (_, code) => one.test(String.fromCharCode(code)));
  const beyond = new Map<number, boolean>();
  return (code) => {
    if (code < 128) return ascii[code] === true;
    let known = beyond.get(code);
    if (known === undefined) {
      known = one.test(String.fromCodePoint(code));
      if (beyond.size < 4096) beyond.set(code, known);
    }
    return known;
  };
}

const isWord = membership(`[${wordLetters}]`, false);

function holds(what: Assertion, text: string, at: number): boolean {
  const before = at > 0 ? (text.codePointAt(at - (isPair(text, at) ? 2 : 1)) ?? -1) : -1;
  const after = at < text.length ? (text.codePointAt(at) ?? -1) : -1;
  switch (what) {
    case "text-start":
      return at === 0;
    case "text-end":
      return at === text.length;
    case "line-start":
      return at === 0 || before === 10;
    case "line-end":
      return at === text.length || after === 10;
    case "word-edge":
      return (before >= 0 && isWord(before)) !== (after >= 0 && isWord(after));
    case "no-word-edge":
      return (before >= 0 && isWord(before)) === (after >= 0 && isWord(after));
  }
}

function isPair(text: string, end: number): boolean {
  const low = text.charCodeAt(end - 1);
  return low >= 0xdc00 && low <= 0xdfff && end >= 2;
}

/** Start and end of the whole match and of every group, -1 where a group took no part. */
export type Slots = readonly number[];

/** The states of one step in order of preference, each with the slots of its way so far. */
class Threads {
  readonly list: number[] = [];
  readonly slots: Slots[] = [];
  readonly #seen: Uint32Array;
  #step = 0;
  constructor(size: number) {
    this.#seen = new Uint32Array(size);
  }
  clear(): void {
    this.list.length = 0;
    this.slots.length = 0;
    this.#step++;
  }
  /** Whether the state is new in this step. */
  enter(state: number): boolean {
    if (this.#seen[state] === this.#step) return false;
    this.#seen[state] = this.#step;
    return true;
  }
}

/** The leftmost match from `from` on, or null; with the slots of the whole match and of so many groups. */
export function run(program: Program, groups: number, text: string, from: number): Slots | null {
  let now = new Threads(program.length);
  let next = new Threads(program.length);
  let found: Slots | null = null;
  const none: Slots = new Array<number>(2 * (groups + 1)).fill(-1);
  now.clear();
  for (let at = from; at <= text.length; ) {
    if (found === null) follow(program, now, text, at, none);
    if (now.list.length === 0 && found !== null) break;
    const code = at < text.length ? (text.codePointAt(at) ?? -1) : -1;
    const after = at + (code > 0xffff ? 2 : 1);
    next.clear();
    for (let i = 0; i < now.list.length; i++) {
      const state = now.list[i] ?? 0;
      const slots = now.slots[i] ?? none;
      const instruction = program[state];
      if (instruction?.op === "match") {
        found = slots;
        break;
      }
      if (instruction?.op === "set" && code >= 0 && instruction.has(code))
        follow(program, next, text, after, slots, state + 1);
    }
    [now, next] = [next, now];
    at = after;
  }
  return found;
}

/** Enters a state and all that follow from it without reading a character, the preferred ones first. */
function follow(program: Program, threads: Threads, text: string, at: number, slots: Slots, from = 0): void {
  const stack: { readonly state: number; readonly slots: Slots }[] = [{ state: from, slots }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (!threads.enter(top.state)) continue;
    const instruction = program[top.state];
    switch (instruction?.op) {
      case "jump":
        stack.push({ state: instruction.to, slots: top.slots });
        break;
      case "split":
        stack.push({ state: instruction.second, slots: top.slots }, { state: instruction.first, slots: top.slots });
        break;
      case "assert":
        if (holds(instruction.what, text, at)) stack.push({ state: top.state + 1, slots: top.slots });
        break;
      case "save":
        stack.push({
          state: top.state + 1,
          slots: instruction.slot < slots.length ? top.slots.with(instruction.slot, at) : top.slots,
        });
        break;
      default:
        threads.list.push(top.state);
        threads.slots.push(top.slots);
    }
  }
}
