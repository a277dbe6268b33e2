import { isArray, isObject, type Json, jsonText, parseJson, printJson } from "../../json/json.ts";
import { lookupTable } from "../../lookups.ts";
import { SplProblem } from "../../problem.ts";
import { textOf, valuesOf } from "../../value.ts";
import { argument, type EvalFunction } from "../function.ts";

/** lookup(table, json_object of fields, json_array of outputs): the first row that has the fields, as a JSON object. (Comparison and Conditional functions) */
export const lookupFunctions: Readonly<Record<string, EvalFunction>> = {
  lookup: {
    min: 3,
    max: 3,
    make: (scope) => {
      const node = argument(scope, 0);
      if (node.kind !== "string")
        throw new SplProblem("SPL203", node, "lookup() needs the name of a table as a constant");
      const table = lookupTable(scope.engine, scope.call, node.value);
      const [, input, output] = scope.call.args.map(scope.compile);
      return (row) => {
        const wanted = parseJson(textOf(input?.(row) ?? null) ?? "");
        const names = parseJson(textOf(output?.(row) ?? null) ?? "");
        if (wanted === undefined || names === undefined || !isObject(wanted) || !isArray(names)) return null;
        const found = table.find((r) =>
          [...wanted].every(([name, v]) => valuesOf(r.get(name)).includes(jsonText(v) ?? "")),
        );
        if (found === undefined) return null;
        const members = new Map<string, Json>();
        for (const name of names) {
          const field = jsonText(name) ?? "";
          const values = valuesOf(found.get(field));
          if (values.length > 0) members.set(field, values.length > 1 ? values : (values[0] ?? null));
        }
        return printJson(members);
      };
    },
  },
};
