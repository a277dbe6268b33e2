import type { RenderOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import type { TableScope } from "../session.ts";

/** `render timechart`: how a client shows the rows; the rows stay as they are. (render-operator) */
export function render(o: RenderOperator, input: Relation, { session }: TableScope): Relation {
  session.render = { text: session.text.slice(o.span.start, o.span.end), span: o.span };
  return input;
}
