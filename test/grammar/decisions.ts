import type { ILookaheadStrategy, ISerializedGast } from "chevrotain";
import type { GrammarParser, ParserOptions } from "../../grammar/base.ts";
import type { Decisions } from "../../grammar/decisions.ts";

interface Production extends ISerializedGast {
  readonly name?: string;
  readonly idx?: number;
  readonly definition?: Production[];
}

interface Asked {
  readonly rule: string;
  readonly type: string;
  readonly occurrence: number;
}

/** Works out the decisions of a grammar from what Chevrotain records of it. */
export function decisionsOf(build: (options: ParserOptions) => GrammarParser): Decisions {
  const asked = new Map<unknown, Asked>();
  const never = (): undefined => undefined;
  const lookahead: ILookaheadStrategy = {
    validate: () => [],
    buildLookaheadForAlternation({ rule, prodOccurrence }) {
      const decide = never.bind(null);
      asked.set(decide, { rule: rule.name, type: "Alternation", occurrence: prodOccurrence });
      return decide;
    },
    buildLookaheadForOptional({ rule, prodOccurrence, prodType }) {
      const decide = (): boolean => false;
      asked.set(decide, { rule: rule.name, type: prodType, occurrence: prodOccurrence });
      return decide;
    },
  };
  const parser = build({ recover: false, validate: false, lookahead });
  const rules = new Map((parser.getSerializedGastProductions() as Production[]).map((rule) => [rule.name ?? "", rule]));
  const cache = Reflect.get(parser, "lookAheadFuncsCache") as Map<number, unknown>;
  const found: [number, string[]][] = [];
  for (const [key, decide] of cache) {
    const place = asked.get(decide);
    const production = place && find(rules.get(place.rule), place);
    if (production === undefined) throw new Error(`no production for ${JSON.stringify(place)}`);
    const parts = place?.type === "Alternation" ? (production.definition ?? []) : [production];
    found.push([key, parts.map((part) => beginnings(rules, part.definition ?? []))]);
  }
  return Object.fromEntries(found.sort((a, b) => a[0] - b[0]));
}

function find(within: Production | undefined, place: Asked): Production | undefined {
  if (within === undefined) return undefined;
  if (within.type === place.type && (within.idx ?? 0) === place.occurrence) return within;
  for (const part of within.definition ?? []) {
    const found = find(part, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

function beginnings(rules: ReadonlyMap<string, Production>, sequence: readonly Production[]): string {
  const { names, empty } = first(rules, sequence);
  return [...names, ...(empty ? ["*"] : [])].join(" ");
}

interface First {
  readonly names: ReadonlySet<string>;
  /** Nothing at all is also such a sequence. */
  readonly empty: boolean;
}

function first(rules: ReadonlyMap<string, Production>, sequence: readonly Production[]): First {
  const names = new Set<string>();
  for (const part of sequence) {
    const own = firstOf(rules, part);
    for (const name of own.names) names.add(name);
    if (!own.empty) return { names, empty: false };
  }
  return { names, empty: true };
}

function firstOf(rules: ReadonlyMap<string, Production>, part: Production): First {
  const inside = part.definition ?? [];
  switch (part.type) {
    case "Terminal":
      return { names: new Set([part.name ?? ""]), empty: false };
    case "NonTerminal":
      return first(rules, rules.get(part.name ?? "")?.definition ?? []);
    case "Alternation": {
      const all = inside.map((alternative) => first(rules, alternative.definition ?? []));
      return { names: new Set(all.flatMap((own) => [...own.names])), empty: all.some((own) => own.empty) };
    }
    case "Option":
    case "Repetition":
    case "RepetitionWithSeparator":
      return { ...first(rules, inside), empty: true };
    default:
      return first(rules, inside);
  }
}

/** The text of a grammar's file of decisions. */
export function decisionsText(decisions: Decisions): string {
  const lines = Object.entries(decisions).map(
    ([key, alternatives]) => `  ${key}: [${alternatives.map((names) => JSON.stringify(names)).join(", ")}],`,
  );
  return [
    'import type { Decisions } from "../decisions.ts";',
    "",
    "/** Made from the rules: `npx vitest run test/grammar -u` writes it anew. */",
    "// biome-ignore format: made by a program",
    "export const decisions: Decisions = {",
    ...lines,
    "};",
    "",
  ].join("\n");
}
