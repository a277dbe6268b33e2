import { suggestion } from "../../diagnostics/suggest.ts";
import type {
  ColumnPattern,
  ProjectAwayOperator,
  ProjectKeepOperator,
  ProjectRenameOperator,
  ProjectReorderOperator,
} from "../../kql/ast.ts";
import type { Project, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import type { TableScope } from "../session.ts";
import { columnRef } from "../values.ts";

/** Whether a name fits a pattern in which `*` stands for any run of characters. */
export function fits(pattern: string, name: string): boolean {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** The columns that a pattern means; a plain name that does not exist is reported. */
function chosen(pattern: ColumnPattern, input: Relation, scope: TableScope): readonly Column[] {
  if (pattern.wildcard) return input.columns.filter((c) => fits(pattern.pattern, c.name));
  const column = input.columns.find((c) => c.name === pattern.pattern);
  if (column) return [column];
  const found = expression({ kind: "name", name: pattern.pattern, span: pattern.span }, { ...scope, input });
  return found.kind === "column" ? [{ name: found.name, type: found.type }] : [];
}

function keep(
  columns: readonly Column[],
  keyword: Project["keyword"],
  input: Relation,
  span: Project["span"],
): Relation {
  const values = columns.map((c) => ({ name: c.name, value: columnRef(c, span) }));
  return { kind: "project", input, values, keyword, columns, span };
}

/** `project-away a, b*` (project-away-operator) */
export function projectAway(o: ProjectAwayOperator, input: Relation, scope: TableScope): Relation {
  const gone = new Set(o.patterns.flatMap((p) => chosen(p, input, scope)).map((c) => c.name));
  return keep(
    input.columns.filter((c) => !gone.has(c.name)),
    "project-away",
    input,
    o.span,
  );
}

/** `project-keep a, b*`, in the order of the input. (project-keep-operator) */
export function projectKeep(o: ProjectKeepOperator, input: Relation, scope: TableScope): Relation {
  const kept = new Set(o.patterns.flatMap((p) => chosen(p, input, scope)).map((c) => c.name));
  return keep(
    input.columns.filter((c) => kept.has(c.name)),
    "project-keep",
    input,
    o.span,
  );
}

/** `project-reorder a, b* asc`: these first, the rest as it was. (project-reorder-operator) */
export function projectReorder(o: ProjectReorderOperator, input: Relation, scope: TableScope): Relation {
  const plain = new Set(o.patterns.filter((p) => !p.wildcard).map((p) => p.pattern));
  const first: Column[] = [];
  for (const pattern of o.patterns) {
    let columns = chosen(pattern, input, scope).filter((c) => !first.some((f) => f.name === c.name));
    if (pattern.wildcard) columns = columns.filter((c) => !plain.has(c.name));
    if (pattern.order !== null) {
      const numeric = pattern.order.startsWith("granny");
      columns = [...columns].sort((a, b) =>
        numeric
          ? a.name.localeCompare(b.name, "en", { numeric: true })
          : a.name < b.name
            ? -1
            : a.name > b.name
              ? 1
              : 0,
      );
      if (pattern.order.endsWith("desc")) columns = [...columns].reverse();
    }
    first.push(...columns);
  }
  const rest = input.columns.filter((c) => !first.some((f) => f.name === c.name));
  return keep([...first, ...rest], "project-reorder", input, o.span);
}

/** `project-rename new = old` (project-rename-operator) */
export function projectRename(o: ProjectRenameOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const renamed = new Map<string, string>();
  for (const { to, from } of o.columns) {
    if (!input.columns.some((c) => c.name === from.text)) {
      const known = input.columns.map((c) => c.name);
      session.diagnostics.add(
        "KQL101",
        from.span,
        `no column is named \`${from.text}\``,
        suggestion(from.text, known, "columns here"),
      );
    } else if (input.columns.some((c) => c.name === to.text)) {
      session.diagnostics.add("KQL105", to.span, `a column \`${to.text}\` exists already`);
    } else {
      renamed.set(from.text, to.text);
    }
  }
  const values = input.columns.map((c) => ({ name: renamed.get(c.name) ?? c.name, value: columnRef(c, o.span) }));
  const columns = values.map((v) => ({ name: v.name, type: v.value.type }));
  return { kind: "project", input, values, keyword: "project-rename", columns, span: o.span };
}
