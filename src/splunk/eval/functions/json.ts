import { isArray, isObject, type Json, jsonText, parseJson, printJson } from "../../json/json.ts";
import { changeAt, parsePath, type Step, valuesAt } from "../../json/path.ts";
import { SplProblem } from "../../problem.ts";
import { namePattern, type Row } from "../../row.ts";
import {
  type EvalValue,
  eachText,
  isMulti,
  isNumeral,
  looksNumeric,
  numberText,
  readValue,
  textOf,
} from "../../value.ts";
import { condition, type EvalFunction, many, ofValues, type Scope, strict } from "../function.ts";

type Change = (old: Json | undefined, value: Json) => Json | undefined;

/** JSON functions, on texts that hold JSON; what they make is compact. (Search Reference) */
export const jsonFunctions: Readonly<Record<string, EvalFunction>> = {
  json: strict(1, 1, ([value = null]) => {
    const read = parsed(value);
    return read === undefined ? null : printJson(read);
  }),
  json_valid: condition(strict(1, 1, ([value = null]) => parsed(value) !== undefined)),
  json_object: ofValues(0, many, (values, scope) => {
    if (values.length % 2 !== 0)
      throw new SplProblem("SPL203", scope.call, "json_object() takes pairs of a name and a value");
    const members = new Map<string, Json>();
    for (let i = 0; i < values.length; i += 2)
      members.set(textOf(values[i] ?? null) ?? "null", jsonOf(values[i + 1] ?? null));
    return printJson(members);
  }),
  json_array: ofValues(0, many, (values) => printJson(values.map(jsonOf))),
  json_array_to_mv: strict(1, 2, ([value = null, keepQuotes = false]) => {
    const read = parsed(value);
    if (read === undefined || !isArray(read)) return null;
    return several(read.flatMap((item) => (keepQuotes === true ? [printJson(item)] : (jsonText(item) ?? []))));
  }),
  mv_to_json_array: strict(1, 2, ([value = null, infer = false]) =>
    printJson(eachText(value).map((t) => (infer === true ? (parseJson(t) ?? t) : t))),
  ),
  json_extract: ofValues(1, many, (values) => extract(values, parsePath)),
  json_extract_exact: ofValues(1, many, (values) => extract(values, exactPath)),
  json_keys: strict(1, 1, ([value = null]) => {
    const read = parsed(value);
    if (read !== undefined && isObject(read)) return printJson([...read.keys()]);
    return read !== undefined && isArray(read) ? printJson(read.map((_, i) => String(i))) : null;
  }),
  json_entries: strict(1, 1, ([value = null]) => {
    const read = parsed(value);
    if (read === undefined || !isObject(read)) return null;
    return printJson(
      [...read].map(
        ([key, v]) =>
          new Map<string, Json>([
            ["key", key],
            ["value", v],
          ]),
      ),
    );
  }),
  json_has_key_exact: condition(
    strict(2, many, ([value = null, ...keys]) => {
      const read = parsed(value);
      return read !== undefined && isObject(read) && keys.every((k) => read.has(textOf(k) ?? ""));
    }),
  ),
  json_set: changing(parsePath, (_, value) => value),
  json_set_exact: changing(exactPath, (_, value) => value),
  json_append: changing(parsePath, (old, value) => (old !== undefined && isArray(old) ? [...old, value] : old)),
  json_extend: changing(parsePath, (old, value) => {
    if (old === undefined || !isArray(old)) return old;
    return isArray(value) ? [...old, ...value] : [...old, value];
  }),
  json_delete: strict(2, many, ([value = null, ...paths]) => {
    let read = parsed(value);
    if (read === undefined) return null;
    for (const path of paths) read = changeAt(read, parsePath(textOf(path) ?? ""), () => undefined);
    return printJson(read);
  }),
  tojson: {
    min: 0,
    max: 1,
    make: (scope) => {
      const [internal] = scope.call.args.map(scope.compile);
      return (row) => printJson(rowJson(row, internal?.(row) === true));
    },
  },
};

function several(values: readonly string[]): EvalValue {
  return values.length > 1 ? values : (values[0] ?? null);
}

function parsed(value: EvalValue): Json | undefined {
  const text = textOf(value);
  return text === null ? undefined : parseJson(text);
}

/** A value inside JSON: numbers stay numbers, JSON objects and arrays stay what they are, several values are an array. */
function jsonOf(value: EvalValue): Json {
  if (value === null || typeof value === "boolean") return value;
  if (isMulti(value)) return value.map((v) => v);
  if (typeof value === "number") return { kind: "number", text: numberText(value) };
  if (isNumeral(value)) {
    const read = parseJson(value.text);
    return read ?? value.text;
  }
  const read = /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
  return read ?? value;
}

function exactPath(path: string): readonly Step[] {
  return [{ kind: "member", name: path }];
}

function extract([value = null, ...paths]: readonly EvalValue[], read: (path: string) => readonly Step[]): EvalValue {
  const json = parsed(value);
  if (json === undefined) return null;
  const one = (path: EvalValue): Json => {
    const steps = read(textOf(path) ?? "");
    const found = valuesAt(json, steps);
    return steps.some((s) => s.kind === "every") && found.length > 0 ? found : (found[0] ?? null);
  };
  if (paths.length === 0) return jsonText(json);
  if (paths.length === 1) return jsonText(one(paths[0] ?? null));
  return printJson(paths.map(one));
}

/** A function of JSON and pairs of a path and a value. */
function changing(read: (path: string) => readonly Step[], change: Change): EvalFunction {
  return ofValues(3, many, ([value = null, ...pairs], scope: Scope) => {
    if (pairs.length % 2 !== 0)
      throw new SplProblem("SPL203", scope.call, `${scope.call.name}() takes pairs of a path and a value`);
    let json = parsed(value);
    if (json === undefined) return null;
    for (let i = 0; i < pairs.length; i += 2) {
      const made = jsonOf(pairs[i + 1] ?? null);
      json = changeAt(json, read(textOf(pairs[i] ?? null) ?? ""), (old) => change(old, made));
    }
    return printJson(json);
  });
}

/** A row as a JSON object; without internal fields unless asked for. */
export function rowJson(row: Row, internal: boolean, patterns: readonly string[] = ["*"]): Json {
  const tests = patterns.map(namePattern);
  const members = new Map<string, Json>();
  for (const [name, value] of row) {
    if (name.startsWith("_") ? internal : tests.some((t) => t.test(name))) {
      const read = readValue(value);
      members.set(name, typeof read === "string" && looksNumeric(read) ? read : jsonOf(read));
    }
  }
  return members;
}
