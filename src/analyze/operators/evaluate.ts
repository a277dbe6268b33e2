import { suggestion } from "../../diagnostics/suggest.ts";
import { aggregateFunction } from "../../functions/index.ts";
import type { Argument, EvaluateOperator, Expression } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { opaque } from "../open.ts";
import type { TableScope } from "../session.ts";
import { isTabular } from "../tabular.ts";
import { type PluginArgument, type PluginCall, pluginColumns } from "./plugin-columns.ts";
import { plugins } from "./plugins.ts";
import { withColumns } from "./with-columns.ts";

/** `evaluate plugin(…) : (schema)`; a schema says which columns the result has where the data decides. (evaluate-operator) */
export function evaluate(o: EvaluateOperator, input: Relation | null, scope: TableScope): Relation {
  const { session } = scope;
  const name = o.call.name.text;
  const call: PluginCall = {
    input,
    arguments: o.call.arguments.map((written, i) => {
      const isOther = otherColumns[name] === i;
      return { written, ...(isOther ? unread : argument(written, input, scope)) };
    }),
  };
  const columnsOf = Object.hasOwn(pluginColumns, name) ? pluginColumns[name] : undefined;
  if (!columnsOf) {
    const hint = suggestion(name, Object.keys(pluginColumns), "plugins");
    session.diagnostics.add("KQL102", o.call.name.span, `no plugin is named \`${name}\``, hint);
  }
  const known = columnsOf?.(call) ?? { columns: [], open: true as const };
  const written = o.schema?.columns.map((c): Column => ({ name: c.name.text, type: c.type }));
  const declared = written ? { columns: withColumns(o.schema?.open ? known.columns : [], written), written } : null;
  const columns = declared?.columns ?? known.columns;
  const open = declared === null && known.open === true;
  const run = Object.hasOwn(plugins, name) ? plugins[name] : undefined;
  const found = session.schemas.discovered?.(o.span) ?? null;
  const done =
    input && run?.({ ...call, name, input, columns, declared, found, span: o.span, session, names: scope.names });
  if (done) return done;
  const tables = call.arguments.flatMap((a) => (a.table ? [a.table] : []));
  const inputs = [...(input ? [input] : []), ...tables];
  return opaque(`the plugin ${name}`, columns, o.span, session, { inputs, open });
}

/** The arguments that are columns of the table that is looked into. */
const otherColumns: Readonly<Record<string, number>> = {
  geo_line_lookup: 1,
  geo_polygon_lookup: 1,
  ipv4_lookup: 2,
  ipv6_lookup: 2,
};
const unread = { value: null, table: null, starred: false };

/** An argument as a value over the rows, or as a table. */
function argument({ value }: Argument, input: Relation | null, scope: TableScope): Omit<PluginArgument, "written"> {
  const { session } = scope;
  const starred = value.kind === "typeof" && value.open;
  const isColumn = value.kind === "name" && input?.columns.some((c) => c.name === value.name);
  if (!isColumn && isTabular(value, scope.names, session))
    return { value: null, table: session.relation(value, scope), starred };
  // Aggregates, patterns of columns and types are the plugin's own affair.
  if (["typeof", "star"].includes(value.kind) || isAggregate(value)) return { value: null, table: null, starred };
  return { value: session.expression(value, { ...scope, input }), table: null, starred };
}

const isAggregate = (e: Expression): boolean => e.kind === "call" && aggregateFunction(e.name.text) !== undefined;
