import type { Assignment } from "../../spl/tree.ts";
import { compileEval, isCondition } from "../eval/compile.ts";
import { SplProblem } from "../problem.ts";
import { put, type Row } from "../row.ts";
import { storeValue, valueText } from "../value.ts";
import type { Run } from "./run.ts";

/** Sets fields to the values of expressions, from left to right; null removes a field. (Search Reference: eval) */
export const runEval: Run<"eval"> = ({ assignments }, { rows, order }, engine) => {
  const steps = assignments.map((assignment) => {
    if (isCondition(assignment.value)) throw booleanResult(assignment);
    return { assignment, nameOf: fieldName(assignment.field), run: compileEval(engine, assignment.value) };
  });
  for (const row of rows) {
    for (const { assignment, nameOf, run } of steps) {
      const value = run(row);
      if (typeof value === "boolean") throw booleanResult(assignment);
      const name = nameOf(row);
      if (name !== null) put(row, name, storeValue(value));
    }
  }
  return { rows, order };
};

function booleanResult(node: Assignment): SplProblem {
  return new SplProblem(
    "SPL203",
    node,
    `\`${node.field}\` cannot hold a Boolean`,
    "wrap the condition in if() or tostring()",
  );
}

/** The field that is set: `{f}` in its name stands for the value of `f`; without that value nothing is set. */
function fieldName(written: string): (row: Row) => string | null {
  if (!/\{[^{}]+\}/.test(written)) return () => written;
  return (row) => {
    let isMissing = false;
    const name = written.replace(/\{([^{}]+)\}/g, (_, field: string) => {
      const value = row.get(field);
      if (value === undefined) isMissing = true;
      return value === undefined ? "" : valueText(value);
    });
    return isMissing ? null : name;
  };
}
