import { type Node, parsePattern } from "../runtime/regex-parse.ts";
import type { Random } from "./random.ts";

/**
 * A text that a regular expression matches, or nearly: what it asserts about places is not looked at. Look-around is taken off
 * first, so that patterns of either language will do; "" for a pattern that cannot be read.
 */
export function sampleOf(pattern: string, random: Random): string {
  const plain = pattern
    .replace(/\(\?<?[=!](?:\[[^\]]*\]|[^()[\]])*\)/g, "")
    .replace(/\(\?P?<\w+>/g, "(")
    .replace(/\(\?>/g, "(?:")
    .replace(/([*+?}])\+/g, "$1");
  try {
    return sample(parsePattern(plain).root, random);
  } catch {
    return "";
  }
}

const alphabet = [..."aeZ5 0_-./\\:@\"'=,;#%*?|é日\t\n()[]{}<>+^$!&~`x"];

function sample(node: Node, random: Random): string {
  switch (node.kind) {
    case "empty":
    case "assert":
      return "";
    case "set": {
      const fits = matcherOf(node.source, node.fold);
      return random.pick(alphabet.filter(fits)) ?? beyond(fits);
    }
    case "group":
      return sample(node.body, random);
    case "sequence":
      return node.items.map((item) => sample(item, random)).join("");
    case "choice": {
      const chosen = random.pick(node.items);
      return chosen === undefined ? "" : sample(chosen, random);
    }
    case "repeat": {
      const most = Math.min(node.max, node.min + 3);
      const count = node.min + random.below(most - node.min + 1);
      return Array.from({ length: count }, () => sample(node.body, random)).join("");
    }
  }
}

const matchers = new Map<string, (letter: string) => boolean>();

function matcherOf(source: string, fold: boolean): (letter: string) => boolean {
  const key = `${fold}${source}`;
  const known = matchers.get(key);
  if (known !== undefined) return known;
  let made: (letter: string) => boolean = () => false;
  try {
    const expression = new RegExp(`^(?:${source})$`, fold ? "vi" : "v");
    made = (letter) => expression.test(letter);
  } catch {
    // A set that JavaScript does not read has no sample.
  }
  if (matchers.size > 1000) matchers.clear();
  matchers.set(key, made);
  return made;
}

/** A letter outside the alphabet above. */
function beyond(fits: (letter: string) => boolean): string {
  for (let code = 32; code < 0x250; code++) {
    const letter = String.fromCodePoint(code);
    if (fits(letter)) return letter;
  }
  return "";
}
