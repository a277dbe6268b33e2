import { putMulti } from "../row.ts";
import { valuesOf } from "../value.ts";
import type { RunPlain } from "./plain-command.ts";

/** Takes `<name>value</name>` out of a text as fields; several of one name are several values. (Search Reference: xmlkv) */
export const runXmlkv: RunPlain = ({ words, options }, input) => {
  options(["maxinputs"]);
  const field = words[0] ?? "_raw";
  for (const row of input.rows) {
    const found = new Map<string, string[]>();
    for (const text of valuesOf(row.get(field))) {
      for (const [, name = "", value = ""] of text.matchAll(/<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>([^<]*)<\/\1>/g)) {
        const list = found.get(name) ?? [];
        list.push(value);
        found.set(name, list);
      }
    }
    for (const [name, values] of found) putMulti(row, name, values);
  }
  return input;
};
