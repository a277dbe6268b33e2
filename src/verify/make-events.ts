import type { Dictionary } from "./dictionary.ts";
import type { EventKind, Fields, MadeEvent } from "./made-event.ts";
import { absent, type Made, type Neighbour, type ValueForm, ValueMaker } from "./make-values.ts";
import type { Random } from "./random.ts";
import { SharpEvents } from "./sharp-events.ts";
import type { BranchOutcomes } from "./side.ts";

export interface Recipe {
  readonly dictionary: Dictionary;
  readonly form: (field: string) => ValueForm;
  /** What to make events of, the tables first. */
  readonly tables: readonly EventKind[];
  /** Fields that have one value only, and which. */
  readonly held: Fields;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Last word on an event: brings it into the form that the comparison can judge. */
  readonly settle: (fields: Fields) => Fields;
  /** Says which ways events go; marks that no event had before make an event worth building on. */
  readonly judge: (events: readonly MadeEvent[]) => Promise<BranchOutcomes>;
}

interface Parent {
  readonly table: EventKind;
  readonly fields: Fields;
  /** How far it got. */
  readonly depth: number;
  /** Changes of one field that are yet to be tried; made when they are first asked for. */
  neighbours: Neighbour[] | null;
}

/** Events between two looks at how far they got; fewer where few are made, so that there are some looks. */
const batchSizeOf = (count: number): number => Math.max(1, Math.min(250, Math.ceil(count / 10)));

/**
 * Events that reach what the rules decide on: values that pass a test and values that just fail it, changed one or two at a time
 * from events that got far. Which ones got far `judge` says. The same seed makes the same events.
 */
export async function makeEvents(recipe: Recipe, count: number, random: Random): Promise<readonly MadeEvent[]> {
  const makers = [...recipe.dictionary.fields.values()]
    .filter((words) => !Object.hasOwn(recipe.held, words.name))
    .map((words) => new ValueMaker(words, recipe.form(words.name), random, recipe.now));
  const batchSize = batchSizeOf(count);
  const events: MadeEvent[] = [];
  const parents: Parent[] = [];
  const seen = new Set<string>();
  const groups = new Set<string>(makers.filter((m) => m.words.grouped).map((m) => m.words.name));
  const bursts = [...recipe.dictionary.counts].filter((n) => n > 0 && n < 200);

  const anyTable = (): EventKind => {
    let at = random.next() * recipe.tables.reduce((sum, t) => sum + t.share, 0);
    for (const table of recipe.tables) {
      at -= table.share;
      if (at < 0) return table;
    }
    return recipe.tables[0] ?? { table: null, fields: null, fixed: {}, share: 1 };
  };
  const add = (table: EventKind, fields: Fields): void => {
    events.push({
      id: `e${events.length + 1}`,
      table: table.table,
      fields: recipe.settle({ ...ownFields(table, fields), ...recipe.held, ...table.fixed }),
    });
  };
  const set = (fields: Fields, name: string, value: Made): Fields => {
    const { [name]: _, ...others } = fields;
    return value === absent ? others : { ...others, [name]: value };
  };
  const fresh = (): void => {
    let fields: Fields = {};
    for (const maker of makers) fields = set(fields, maker.words.name, maker.fresh());
    add(anyTable(), fields);
  };
  const change = (parent: Parent): void => {
    let { fields } = parent;
    const times = random.chance(0.6) ? 1 : random.chance(0.7) ? 2 : 3;
    for (let i = 0; i < times; i++) {
      const maker = random.pick(makers);
      if (maker === undefined) break;
      const { name, peers } = maker.words;
      const own = fields[name];
      const peer = random.pick([...peers]);
      if (peer !== undefined && random.chance(0.3) && fields[peer] !== undefined)
        fields = { ...fields, [name]: fields[peer] };
      else fields = set(fields, name, typeof own === "string" ? maker.changed(own) : maker.fresh());
    }
    add(random.chance(0.97) ? parent.table : anyTable(), fields);
  };
  /** The same again: in everything, or but for what is not grouped by. */
  const again = (parent: Parent): void => {
    const copies = bursts.length > 0 && random.chance(0.1) ? (random.pick(bursts) ?? 1) + random.below(3) : 1;
    for (let i = 0; i < copies; i++) {
      let { fields } = parent;
      if (random.chance(0.7)) {
        const others = makers.filter((m) => !groups.has(m.words.name));
        const maker = random.pick(others.length > 0 ? others : makers);
        if (maker !== undefined) fields = set(fields, maker.words.name, maker.fresh());
      }
      add(parent.table, fields);
    }
  };
  const tried = new Map<string, number>();
  const rank = ({ key, first }: Neighbour): number => (tried.get(key) ?? 0) + (first ? 0 : 3);
  const neighboursOf = (parent: Parent): Neighbour[] =>
    random
      .shuffled(
        makers.flatMap((maker) => {
          const own = parent.fields[maker.words.name];
          const plain = typeof own === "string" || typeof own === "number" || typeof own === "boolean";
          return maker.neighbours(plain ? own : absent);
        }),
      )
      .sort((a, b) => rank(b) - rank(a));
  /** The change that was tried least, on one of the events that got furthest. */
  const neighbour = (parent: Parent): void => {
    parent.neighbours ??= neighboursOf(parent);
    const next = parent.neighbours.pop();
    if (next === undefined) return;
    tried.set(next.key, (tried.get(next.key) ?? 0) + 1);
    add(parent.table, set(parent.fields, next.field, next.value));
  };
  let elite: Parent[] = [];
  const sharp = new SharpEvents(random, (fields) => makers.flatMap((m) => m.misses(fields[m.words.name])));
  const nearMiss = (): boolean => {
    const next = sharp.next();
    if (next !== null) add(next.table, set(next.fields, next.change.field, next.change.value));
    return next !== null;
  };
  const admit = (event: MadeEvent, marks: readonly string[]): void => {
    const table = recipe.tables.find((t) => t.table === event.table);
    if (table === undefined) return;
    const depth = marks.filter((mark) => mark.includes("stage")).length;
    const parent = { table, fields: event.fields, depth, neighbours: null };
    parents.push(parent);
    const best = elite[0]?.depth ?? -1;
    if (depth < best) return;
    if (depth > best) {
      elite = [];
      tried.clear();
    }
    elite.push(parent);
    // An event of another kind that is like one that passes: no rule may see it.
    for (const other of recipe.tables) {
      if (other.table !== null) continue;
      let { fields } = event;
      for (const name of groups)
        if (typeof fields[name] === "string") fields = { ...fields, [name]: `other${events.length}` };
      add(other, fields);
    }
  };

  while (events.length < count) {
    const from = events.length;
    while (events.length < Math.min(count, from + batchSize)) {
      const parent = random.pick(random.chance(0.6) ? elite : parents);
      if (parent === undefined || random.chance(0.06)) fresh();
      else if (random.chance(0.15) && nearMiss()) continue;
      else if (random.chance(0.12)) again(parent);
      else if (parent.depth === elite[0]?.depth && random.chance(0.65)) neighbour(parent);
      else change(parent);
    }
    const batch = events.slice(from);
    const { byEvent } = await recipe.judge(batch);
    for (const event of batch) {
      const marks = byEvent.get(event.id) ?? [];
      const isNew = marks.some((mark) => !seen.has(mark));
      const table = recipe.tables.find((t) => t.table === event.table && t.table !== null);
      if (table !== undefined) sharp.see(event, table, marks);
      for (const mark of marks) seen.add(mark);
      if (isNew || parents.length === 0) admit(event, marks);
    }
  }
  return events.slice(0, count);
}

function ownFields({ fields: own }: EventKind, fields: Fields): Fields {
  if (own === null) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => own.has(name)));
}
