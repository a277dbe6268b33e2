import type { Warning } from "../subject.ts";
import { nodesOf } from "../tree.ts";

/** A `let` that nothing uses: often the filter that should have used it is missing. */
export const unusedLet: Warning = {
  codes: ["KQL251"],
  needs: "tree",
  find({ query }, report) {
    const used = new Set([
      ...nodesOf(query, "name").map((reference) => reference.name),
      ...nodesOf(query, "call").map((call) => call.name.text),
    ]);
    for (const { name, value } of nodesOf(query, "let")) {
      if (used.has(name.text)) continue;
      const kind = value.kind === "function" ? "function" : "value";
      report(
        "KQL251",
        name.span,
        `\`${name.text}\` is never used`,
        `use this ${kind} where it is meant to work, or leave it out`,
      );
    }
  },
};
