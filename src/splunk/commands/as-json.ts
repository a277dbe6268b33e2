import { rowJson } from "../eval/functions/json.ts";
import { isArray, isObject, jsonText, parseJson, printJson } from "../json/json.ts";
import { put, putMulti } from "../row.ts";
import { valueText } from "../value.ts";
import type { RunPlain } from "./plain-command.ts";

/** Rows from JSON objects and back. (Search Reference: fromjson, tojson) */
export const jsonCommands: Readonly<Record<string, RunPlain>> = {
  fromjson: (plain, input) => {
    const prefix = plain.options(["prefix"]).text("prefix") ?? "";
    const [field = ""] = plain.words;
    for (const row of input.rows) {
      const value = row.get(field);
      const json = value === undefined ? undefined : parseJson(valueText(value));
      if (json === undefined || !isObject(json)) continue;
      for (const [name, member] of json) {
        if (isArray(member))
          putMulti(
            row,
            prefix + name,
            member.flatMap((m) => jsonText(m) ?? []),
          );
        else put(row, prefix + name, jsonText(member) ?? undefined);
      }
    }
    return input;
  },
  tojson: (plain, input) => {
    const options = plain.options(["default_type", "fill_null", "include_internal", "output_field"]);
    const target = options.text("output_field") ?? "_raw";
    const patterns = plain.words.length > 0 ? plain.words : ["*"];
    for (const row of input.rows)
      row.set(target, printJson(rowJson(row, options.flag("include_internal", false), patterns)));
    return input;
  },
};
