import { compilePattern, type Pattern } from "../regex/compile.ts";
import { argument, constantText, type Scope } from "./function.ts";

/**
 * The patterns that an argument gives: a constant is made ready at once, so that a wrong one is found without any row; others as
 * they come.
 */
export function compilePatternArgument(scope: Scope, index: number, captures: boolean): (source: string) => Pattern {
  const constant = constantText(scope, index);
  const node = argument(scope, index);
  const make = (source: string): Pattern => compilePattern(scope.engine, node, source, captures);
  if (constant !== null) {
    const only = make(constant);
    return (source) => (source === constant ? only : make(source));
  }
  const known = new Map<string, Pattern>();
  return (source) => {
    const found = known.get(source) ?? make(source);
    if (known.size < 200) known.set(source, found);
    return found;
  };
}
