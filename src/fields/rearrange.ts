import type { Expr, NamedExpr, Project } from "../plan/nodes.ts";
import { columnRef, columnsRead, type Environment, type Mapped, typed } from "./environment.ts";

/** Whether a project-away, -rename or -reorder only rearranges whole events, whose fields then keep their names. */
export function rearrangesEvents(project: Project, from: Mapped): boolean {
  if (!["project-away", "project-rename", "project-reorder"].includes(project.keyword)) return false;
  return [...from.environment].some(([name, value]) => value.kind !== "column" || value.name !== name);
}

/** The rearranging over the target's fields: a field goes where no column that stays is made of it. */
export function rearranged(project: Project, from: Mapped): Mapped {
  const stays = new Map<string, Expr>();
  const renamed: NamedExpr[] = [];
  for (const { name, value } of project.values) {
    const field = value.kind === "column" ? from.environment.get(value.name) : undefined;
    if (field === undefined || value.kind !== "column") continue;
    if (value.name === name) stays.set(name, field);
    else renamed.push({ name, value: field });
  }
  const kept = columnsRead([...stays.values()]);
  const gone = new Set<string>();
  for (const [name, field] of from.environment) {
    if (!stays.has(name)) for (const read of columnsRead([field])) if (!kept.has(read)) gone.add(read);
  }
  const own = (name: string): NamedExpr[] =>
    from.relation.columns.filter((c) => c.name === name).map((c) => ({ name, value: columnRef(c, project.span) }));
  // In the order that the query asks for; fields without a column of their own come last.
  const ordered = new Set([...stays.values()].flatMap((value) => [...columnsRead([value])]));
  for (const { name } of from.relation.columns) if (!gone.has(name)) ordered.add(name);
  const values = [...renamed, ...[...ordered].flatMap(own)];
  const relation: Project = { ...project, input: from.relation, values, columns: typed(values) };
  const environment: Environment = new Map([
    ...stays,
    ...typed(renamed).map((c): [string, Expr] => [c.name, columnRef(c, project.span)]),
  ]);
  return { relation, environment };
}
