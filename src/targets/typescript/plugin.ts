import type { Expr, Plugin, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import type { After } from "./aggregate.ts";
import { expression, selector } from "./expression.ts";
import { type Chain, type Code, callOf, listOf, objectOf } from "./layout.ts";
import { keyLiteral, memberOf, stringLiteral } from "./literal.ts";
import { emptyOf, record } from "./record.ts";
import { type Session, unsupported, use, useType } from "./session.ts";
import { rowType } from "./types.ts";

/** `evaluate` of a plugin that runs as itself. */
export function pluginCode(relation: Plugin, session: Session, inner: (r: Relation) => Chain, after: After): Chain {
  const { name, input, span } = relation;
  switch (name) {
    case "ipv4_lookup":
      return after(input, "ipv4Lookup", ipLookup(relation, session, inner));
    case "ipv6_lookup":
      return after(input, "ipv6Lookup", ipLookup(relation, session, inner));
    case "geo_polygon_lookup":
    case "geo_line_lookup":
      return after(input, "lookupWhere", geoLookup(relation, session, inner));
    case "active_users_count":
    case "activity_counts_metrics":
    case "rolling_percentile": {
      const typed = session.types ? `<${rowType(relation.columns, useType(session))}>` : "";
      return after(input, `evaluate${typed}`, [activity(name, relation, session)]);
    }
    default: {
      const reason = `the data decides on the columns of ${name}: declare them behind it, as in ${name}(…) : (a: string)`;
      unsupported(session, "open-plugin", name, reason, span);
      return inner(input);
    }
  }
}

/** The arguments by position. */
function positional(relation: Plugin): readonly Expr[] {
  return relation.args.flatMap((a) => (a.name === null ? [a.value] : []));
}

function flag(relation: Plugin, name: string): Expr | null {
  const value = relation.args.find((a) => a.name === name)?.value ?? null;
  return value?.kind === "literal" && value.value === false ? null : value;
}

/** `(row, other) => ({ ...row, a: other.a })`, for the columns of the other table except shared ones. */
function merge(relation: Plugin, other: string, shared: ReadonlySet<string>, optional: boolean): Code {
  const own = new Set(relation.input.columns.map((c) => c.name));
  const added = (relation.tables[0]?.columns ?? []).filter((c) => !shared.has(c.name));
  const names = relation.columns.filter((c) => !own.has(c.name));
  const fields = names.map((c: Column, i): Code => {
    const from = memberOf(other, added[i]?.name ?? c.name);
    return `${keyLiteral(c.name)}: ${from}${optional ? ` ?? ${emptyOf(c.type)}` : ""}`;
  });
  return [`(row, ${other}) => (`, objectOf(["...row", ...fields]), ")"];
}

function ipLookup(relation: Plugin, session: Session, inner: (r: Relation) => Chain): readonly Code[] {
  const [table] = relation.tables;
  const [ip, network, ...keys] = positional(relation);
  if (!table || !ip || network?.kind !== "column") return [];
  const unmatched = flag(relation, "return_unmatched");
  const shared = new Set(keys.flatMap((k) => (k.kind === "column" ? [k.name] : [])));
  const args: Code[] = [
    inner(table),
    selector(ip, session),
    `(network) => ${memberOf("network", network.name)}`,
    merge(relation, "network", shared, unmatched !== null),
  ];
  const options: Code[] = [];
  if (unmatched) options.push(["unmatched: ", expression(unmatched, session, false)]);
  if (shared.size > 0) {
    const names = [...shared];
    const both = (side: string): Code => [
      `(${side}) => `,
      listOf(
        "[",
        names.map((key) => memberOf(side, key)),
        "]",
      ),
    ];
    options.push(["keys: ", both("row")], ["networkKeys: ", both("network")]);
  }
  return options.length === 0 ? args : [...args, objectOf(options)];
}

function geoLookup(relation: Plugin, session: Session, inner: (r: Relation) => Chain): readonly Code[] {
  const [table] = relation.tables;
  const [shape, longitude, latitude, near] = positional(relation);
  const meters = near ?? flag(relation, "radius");
  if (!table || shape?.kind !== "column" || !longitude || !latitude) return [];
  const place = [longitude, latitude].map((e) => expression(e, session, true));
  const held = memberOf("other", shape.name);
  const distance = relation.name === "geo_line_lookup" ? "geoDistancePointToLine" : "geoDistancePointToPolygon";
  const test: Code =
    meters === null
      ? callOf(use(session, "geoPointInPolygon"), [...place, held])
      : callOf(use(session, "lessOrEqual"), [
          callOf(use(session, distance), [...place, held]),
          expression(meters, session, false),
        ]);
  const unmatched = flag(relation, "return_unmatched");
  const args: Code[] = [
    inner(table),
    ["(row, other) => ", test],
    merge(relation, "other", new Set(), unmatched !== null),
  ];
  return unmatched ? [...args, objectOf([["unmatched: ", expression(unmatched, session, false)]])] : args;
}

const activities = {
  active_users_count: {
    run: "activeUsersCount",
    parameters: ["id", "time", "start", "end", "lookback", "period", "periods", "bin"],
  },
  activity_counts_metrics: { run: "activityCountsMetrics", parameters: ["id", "time", "start", "end", "window"] },
  rolling_percentile: { run: "rollingPercentile", parameters: ["value", "rank", "time", "bin", "bins"] },
} as const;
/** The parameters that every row has its own value for. */
const perRow: ReadonlySet<string> = new Set(["id", "time", "value"]);

/** `rollingPercentile({ value: (row) => row.v, rank: 50, … })` */
function activity(name: keyof typeof activities, relation: Plugin, session: Session): Code {
  const { run, parameters } = activities[name];
  const args = positional(relation);
  const fields = parameters.flatMap((parameter, i): Code[] => {
    const value = args[i];
    if (value === undefined) return [];
    const code = perRow.has(parameter) ? selector(value, session) : expression(value, session, false);
    return [[`${parameter}: `, code]];
  });
  const dimensions = args.slice(parameters.length);
  if (dimensions.length > 0) {
    const keys = relation.columns.slice(1, 1 + dimensions.length);
    const values = dimensions.map((value, i) => ({ name: keys[i]?.name ?? "", value }));
    fields.push(["by: ", record(values, session)]);
  }
  fields.push(`as: ${stringLiteral(relation.columns[0]?.name ?? "")}`);
  if (name === "rolling_percentile") fields.push(`result: ${stringLiteral(relation.columns.at(-1)?.name ?? "")}`);
  return callOf(use(session, run), [objectOf(fields)]);
}
