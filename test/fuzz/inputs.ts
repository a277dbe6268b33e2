import { invalidForms, validForms } from "../kql/forms.ts";
import { hasShared, sharedLines } from "../shared.ts";

/** Numbers below a bound, the same for the same seed (mulberry32). */
export type Random = (bound: number) => number;

export function seeded(seed: number): Random {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const limit = 10_000;

/** Texts to start from: real rules where they are there, and the short forms. */
function seeds(): readonly string[] {
  const forms = [...validForms, ...invalidForms.map(([text]) => text)];
  const rules = hasShared ? sharedLines<{ query: string }>("corpus/kql.jsonl").map((rule) => rule.query) : [];
  return [...rules, ...forms].filter((text) => text.length > 0 && text.length < limit / 2);
}

const words = [
  ..."( ) [ ] { } | ; , . .. : = == != =~ => < > + - * / % // # \" ' @\" h' ``` ~~~ \\ $ ! ? & \n".split(" "),
  ..."T a b _x ['x y'] 1 1.5 0x1F 1d 5s true null long string dynamic datetime(2020-01-01) \"x\" 'y' @\"c:\\\\\"".split(
    " ",
  ),
  ..."and or not has contains !has in !in~ between matches regex has_any startswith_cs".split(" "),
  ..."where extend project project-away project-reorder summarize by sort top take count distinct mv-expand".split(" "),
  ..."mv-apply on parse with parse-kv as union join kind=inner lookup search find evaluate invoke partition".split(" "),
  ..."fork facet scan step make-series from to default render serialize getschema make-graph graph-match".split(" "),
  ..."let set declare query_parameters pattern alias database restrict access view print range datatable".split(" "),
  ..."externaldata materialize( toscalar( typeof( cluster('c').database('d') hint.strategy=shuffle *".split(" "),
];

function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[random(items.length)];
}

function soup(random: Random): string {
  const gaps = ["", " ", " ", "\n"];
  return Array.from({ length: 1 + random(120) }, () => `${pick(random, words)}${pick(random, gaps)}`).join("");
}

function noise(random: Random): string {
  const highest = pick(random, [127, 255, 0xffff]) ?? 127;
  return String.fromCharCode(...Array.from({ length: 1 + random(400) }, () => random(highest + 1)));
}

function nesting(random: Random): string {
  const open =
    pick(random, ["(", "[", "{", "f(", "not(", "T | where (", "dynamic([", "(T | union ", "let f = () { "]) ?? "(";
  return `print ${open.repeat(1 + random(Math.floor(limit / open.length / 2)))}1`;
}

function repetition(random: Random): string {
  const piece =
    pick(random, ["| where a == 1 ", "a.b", "1 + ", "a, ", "-", "[0]", ".a", "let x = 1; ", "'x' ", "| "]) ?? "";
  return `T ${piece.repeat(1 + random(Math.floor(limit / piece.length / 2)))}`;
}

/** One to six changes: a part taken out, doubled, moved, or replaced by a word, a character or a part of another text. */
function mutation(random: Random, texts: readonly string[]): string {
  let text = pick(random, texts) ?? "";
  for (let changes = 1 + random(6); changes > 0; changes--) {
    const at = random(text.length + 1);
    const length = random(random(4) === 0 ? 200 : 12);
    const before = text.slice(0, at);
    const part = text.slice(at, at + length);
    const after = text.slice(at + length);
    switch (random(7)) {
      case 0:
        text = before + after;
        break;
      case 1:
        text = before + part + part + after;
        break;
      case 2:
        text = `${before} ${pick(random, words)} ${part}${after}`;
        break;
      case 3:
        text = before + String.fromCharCode(random(256)) + after;
        break;
      case 4: {
        const other = pick(random, texts) ?? "";
        const from = random(other.length + 1);
        text = before + other.slice(from, from + random(300)) + after;
        break;
      }
      case 5:
        text = after + before + part;
        break;
      default:
        text = before + [...part].reverse().join("") + after;
    }
  }
  return text.slice(0, limit - 1);
}

/** As many texts as wanted, of fewer than 10,000 characters each. */
export function* inputs(seed: number, wanted: number): Generator<string> {
  const random = seeded(seed);
  const texts = seeds();
  for (let i = 0; i < wanted; i++) {
    const kind = random(20);
    if (kind < 12) yield mutation(random, texts);
    else if (kind < 16) yield soup(random).slice(0, limit - 1);
    else if (kind < 18) yield noise(random);
    else if (kind < 19) yield nesting(random).slice(0, limit - 1);
    else yield repetition(random).slice(0, limit - 1);
  }
}
