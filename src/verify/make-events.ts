import type { Dictionary } from "./dictionary.ts";
import { type Fields, type MadeEvent } from "./made-event.ts";
import { absent, type Made, type ValueForm, ValueMaker } from "./make-values.ts";
import type { Random } from "./random.ts";
import type { BranchOutcomes } from "./side.ts";

export interface Recipe {
  readonly dictionary: Dictionary;
  readonly form: (field: string) => ValueForm;
  /** Tables to make events of; with each, the fields that all of its events have. */
  readonly tables: readonly { readonly table: string | null; readonly fixed: Fields; readonly share: number }[];
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
  readonly table: Recipe["tables"][number];
  readonly fields: Fields;
  /** Changes of one field that are yet to be tried. */
  readonly neighbours: { readonly field: string; readonly value: Made }[];
}

const batchSize = 250;

/**
 * Events that reach what the rules decide on: values that pass a test and values that just fail it, changed one or two at a time
 * from events that got far. Which ones got far `judge` says. The same seed makes the same events.
 */
export async function makeEvents(recipe: Recipe, count: number, random: Random): Promise<readonly MadeEvent[]> {
  const makers = [...recipe.dictionary.fields.values()]
    .filter((words) => !Object.hasOwn(recipe.held, words.name))
    .map((words) => new ValueMaker(words, recipe.form(words.name), random, recipe.now));
  const events: MadeEvent[] = [];
  const parents: Parent[] = [];
  const seen = new Set<string>();
  const groups = new Set<string>(makers.filter((m) => m.words.grouped).map((m) => m.words.name));
  const bursts = [...recipe.dictionary.counts].filter((n) => n > 0 && n < 200);

  const anyTable = (): Recipe["tables"][number] => {
    let at = random.next() * recipe.tables.reduce((sum, t) => sum + t.share, 0);
    for (const table of recipe.tables) {
      at -= table.share;
      if (at < 0) return table;
    }
    return recipe.tables[0] ?? { table: null, fixed: {}, share: 1 };
  };
  const add = (table: Recipe["tables"][number], fields: Fields): void => {
    events.push({ id: `e${events.length + 1}`, table: table.table, fields: recipe.settle({ ...fields, ...recipe.held, ...table.fixed }) });
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
      if (peer !== undefined && random.chance(0.3) && fields[peer] !== undefined) fields = { ...fields, [name]: fields[peer] };
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
  const neighbour = (parent: Parent): void => {
    const next = parent.neighbours.pop();
    if (next !== undefined) add(parent.table, set(parent.fields, next.field, next.value));
  };
  const admit = (event: MadeEvent): void => {
    const table = recipe.tables.find((t) => t.table === event.table) ?? recipe.tables[0];
    if (table === undefined) return;
    const neighbours = random.shuffled(
      makers.flatMap((maker): { field: string; value: Made }[] => {
        const own = event.fields[maker.words.name];
        const value = typeof own === "string" || typeof own === "number" || typeof own === "boolean" ? own : absent;
        return maker.neighbours(value).map((v) => ({ field: maker.words.name, value: v }));
      }),
    );
    parents.push({ table, fields: event.fields, neighbours });
  };

  while (events.length < count) {
    const from = events.length;
    while (events.length < Math.min(count, from + batchSize)) {
      const parent = random.chance(0.5) ? random.pick(parents.slice(-12)) : random.pick(parents);
      if (parent === undefined || random.chance(0.08)) fresh();
      else if (parent.neighbours.length > 0 && random.chance(0.5)) neighbour(parent);
      else if (random.chance(0.12)) again(parent);
      else change(parent);
    }
    const batch = events.slice(from);
    const { byEvent } = await recipe.judge(batch);
    for (const event of batch) {
      const marks = byEvent.get(event.id) ?? [];
      const isNew = marks.filter((mark) => !seen.has(mark)).length > 0;
      for (const mark of marks) seen.add(mark);
      if (isNew || parents.length === 0) admit(event);
    }
  }
  return events.slice(0, count);
}
