import type { FieldWords } from "./dictionary.ts";
import { closestMisses, nearMisses } from "./near-misses.ts";
import type { Random } from "./random.ts";
import { sampleOf } from "./sample-pattern.ts";

/** How the values of a field are written in the events. */
export interface ValueForm {
  /** Text that stands for an absent value; null where there is none. */
  readonly missing: string | null;
  /** Whether the field may be absent altogether. */
  readonly optional: boolean;
  /** Whether it is the event's time, epoch seconds. */
  readonly time: boolean;
}

/** The value of a field that is not there. */
export const absent = Symbol("absent");
export type Made = string | number | boolean | typeof absent;

/** One change of one field. */
export interface Neighbour {
  readonly field: string;
  /** The same for the same change of another event. */
  readonly key: string;
  readonly value: Made;
  /** Whether it is one that most mistakes show on: to be tried on every event that got far. */
  readonly first: boolean;
}

/** Makes values of one field out of what the rules compare it with. */
export class ValueMaker {
  readonly words: FieldWords;
  readonly form: ValueForm;
  readonly #texts: readonly string[];
  readonly #misses: ReadonlyMap<string, readonly string[]>;
  readonly #random: Random;
  readonly #joiners: readonly string[];
  /** Epoch milliseconds around which events lie when nothing asks for another time. */
  readonly #now: number;

  constructor(words: FieldWords, form: ValueForm, random: Random, now: number) {
    this.words = words;
    this.form = form;
    this.#random = random;
    this.#now = now;
    const samples = [...words.patterns].flatMap((p) => [sampleOf(p, random), sampleOf(p, random)]);
    this.#texts = [...new Set([...words.texts, ...samples, ...[...words.numbers].map(String)])].filter((t) => t !== "");
    this.#misses = new Map(this.#texts.map((text) => [text, nearMisses(text)]));
    this.#joiners = [" ", " ", " ", "", "  ", "\t", "\u00a0", "-", ...words.separators, ...words.separators];
  }

  /** Any value. */
  fresh(): Made {
    const random = this.#random;
    const { type } = this.words;
    if (this.form.optional && random.chance(0.04)) return absent;
    if (this.form.time || type === "datetime") return this.#time();
    if (type === "int" || type === "long" || type === "real" || type === "decimal") return this.#number();
    if (type === "bool") return random.chance(0.5);
    if (random.chance(0.03)) return "";
    if (this.form.missing !== null && random.chance(0.05)) return this.form.missing;
    if (this.words.keys.size > 0 && this.words.shapes.size === 0) return this.#object();
    return this.#shaped(this.#composed());
  }

  /** A value close to another one. */
  changed(value: Made): Made {
    const random = this.#random;
    if (typeof value !== "string" || random.chance(0.15)) return this.fresh();
    const found = this.#texts.filter((t) => value.toLowerCase().includes(t.toLowerCase()));
    const words = value.split(/(?<=\s)/);
    switch (random.below(8)) {
      case 0:
      case 1: {
        const text = random.pick(found);
        const miss = text === undefined ? undefined : random.pick(this.#misses.get(text) ?? []);
        return text === undefined || miss === undefined ? this.fresh() : replaced(value, text, miss);
      }
      case 2: {
        const text = random.pick(found);
        return text === undefined ? this.fresh() : replaced(value, text, random.chance(0.5) ? "" : " ");
      }
      case 3:
      case 4: {
        const at = random.below(words.length + 1);
        const before = words.slice(0, at).join("");
        return before + this.#joiner() + this.#piece() + this.#joiner() + words.slice(at).join("");
      }
      case 5: {
        const at = random.below(words.length);
        return words.filter((_, i) => i !== at).join("");
      }
      case 6:
        return random.pick(nearMisses(value).slice(0, 60)) ?? value;
      default:
        return random.chance(0.5) ? value + this.#piece() : this.#piece() + value;
    }
  }

  /** Every small change of a value that the rules' own words suggest, one at a time; `key` says which change it is. */
  neighbours(value: Made): readonly Neighbour[] {
    const { name, times, numbers, type } = this.words;
    const list: Neighbour[] = [];
    const add = (key: string, changed: Made, first = true): void => {
      list.push({ field: name, key: `${name} ${key}`, value: changed, first });
    };
    if (this.form.optional) add("absent", absent);
    if (this.form.time || type === "datetime") {
      for (const time of times) {
        for (const step of timeSteps) {
          const ms = time + step;
          add(`at ${ms}`, this.form.time ? ms / 1000 : new Date(ms).toISOString());
        }
      }
      return list;
    }
    if (typeof value === "number") {
      for (const n of numbers) for (const near of [n - 1, n, n + 1, String(n)]) add(`= ${typeof near} ${near}`, near);
      for (const near of [value + 1, value - 1, String(value), -value, 0])
        add(`by ${Number(near) - value} ${typeof near}`, near);
      return list;
    }
    if (typeof value !== "string") return list;
    if (this.form.missing !== null) add("missing", this.form.missing);
    add("empty", "");
    nearMisses(value)
      .slice(0, 60)
      .forEach((near, i) => {
        add(`near ${i}`, near, false);
      });
    for (const [text, misses] of this.#misses) {
      if (!value.toLowerCase().includes(text.toLowerCase())) {
        add(`whole ${text}`, this.#shaped(text));
        add(`end ${text}`, `${value} ${text}`);
        add(`start ${text}`, `${text} ${value}`);
        add(`glued ${text}`, value + text);
        for (const glued of [`${text}a`, `a${text}`, `${text}é`]) add(`end ${glued}`, `${value} ${glued}`, false);
        continue;
      }
      const closest = new Set(closestMisses(text));
      for (const miss of new Set([...closest, ...misses])) {
        add(`${text} → ${miss}`, replaced(value, text, miss), closest.has(miss));
      }
      for (const other of this.#texts)
        if (other !== text) add(`${text} ⇒ ${other}`, replaced(value, text, other), false);
    }
    return list;
  }

  /** Those of the neighbours in which a text of the rules becomes one that just is not it. */
  misses(value: unknown): readonly Neighbour[] {
    if (typeof value !== "string") return [];
    const { name } = this.words;
    return this.#texts
      .filter((text) => value.toLowerCase().includes(text.toLowerCase()))
      .flatMap((text) =>
        closestMisses(text).map((miss) => ({
          field: name,
          key: `${name} ${text} → ${miss}`,
          value: replaced(value, text, miss),
          first: true,
        })),
      );
  }

  #composed(): string {
    const random = this.#random;
    const count = 1 + (random.chance(0.6) ? random.below(5) : 0);
    let text = this.#piece();
    for (let i = 1; i < count; i++) text += this.#joiner() + this.#piece();
    return text;
  }

  #joiner(): string {
    return this.#random.pick(this.#joiners) ?? " ";
  }

  #piece(): string {
    const random = this.#random;
    const text = random.pick(this.#texts);
    if (text === undefined || random.chance(0.1)) return random.pick(fillers) ?? "x";
    if (random.chance(0.65)) return text;
    return random.pick(this.#misses.get(text) ?? []) ?? text;
  }

  /** A value in the form of which a profile takes a part. */
  #shaped(text: string): string {
    const random = this.#random;
    const { shapes } = this.words;
    if (shapes.size === 0) return text;
    if (shapes.has("$hash")) {
      const digits = (length: number): string =>
        Array.from({ length }, () => random.pick([..."0123456789abcdefABCDEF"]) ?? "0").join("");
      const parts = ["SHA1", "MD5", "SHA256", ...this.words.keys]
        .filter((name, i, all) => all.indexOf(name) === i && random.chance(0.8))
        .map((name) => `${name}=${digits(random.chance(0.5) ? 2 : 8)}`);
      return parts.join(",");
    }
    if (shapes.has("$basename") && random.chance(0.85)) {
      return (
        (random.pick(["C:\\Windows\\System32\\", "\\", "C:\\Program Files\\", "\\\\srv\\share\\", "C:\\net.exe\\"]) ??
          "") + text
      );
    }
    if (shapes.has("$before") || shapes.has("$after")) {
      const separator = random.pick([...this.words.separators].filter((s) => s.length === 1)) ?? "\\";
      if (random.chance(0.8)) return `${random.pick(["CORP", "corp", text]) ?? ""}${separator}${text}`;
    }
    return text;
  }

  #time(): Made {
    const random = this.#random;
    const near = random.pick([...this.words.times]);
    const ms =
      near !== undefined && random.chance(0.4)
        ? near + (random.pick(timeSteps) ?? 0)
        : this.#now - random.below(random.chance(0.5) ? 7_200_000 : 20 * 86_400_000);
    return this.form.time ? ms / 1000 : new Date(ms).toISOString();
  }

  #number(): Made {
    const random = this.#random;
    const near = random.pick([...this.words.numbers]);
    const value =
      near !== undefined && random.chance(0.6)
        ? near + random.below(5) - 2
        : random.below(random.chance(0.5) ? 5 : 100_000);
    return this.words.type === "real" && random.chance(0.3) ? value + 0.5 : value;
  }

  #object(): string {
    const random = this.#random;
    const entries = [...this.words.keys]
      .filter(() => random.chance(0.8))
      .map((key): [string, unknown] => [key, this.#composed()]);
    return JSON.stringify(random.chance(0.2) ? entries.map(([, v]) => v) : Object.fromEntries(entries));
  }
}

const fillers = [
  "x",
  "net",
  "C:\\a b\\c.bat",
  "\\\\srv\\share",
  "日本",
  "Überprüfung",
  "a=b",
  '"q"',
  "/?",
  "*",
  "0",
  "12",
  "-",
  "true",
];

/** A millisecond and a second around a point in time, an hour, and the day on either side of it. */
const timeSteps = [0, 1, -1, 500, 1000, -1000, 3_600_000, -3_600_000, 43_200_000, -43_200_000, 86_400_000, -86_400_000];

/** The first place of a text, in whatever case, replaced. */
function replaced(value: string, text: string, by: string): string {
  const at = value.toLowerCase().indexOf(text.toLowerCase());
  return at < 0 ? by : value.slice(0, at) + by + value.slice(at + text.length);
}
