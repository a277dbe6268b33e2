import type { AggregateFunction } from "../row.ts";

/** The name of an argument's own column; null where it has none. */
type Name = string | null;

/** The name of an unnamed result, from those of its arguments; null where it is numbered. */
export function aggregateName(row: AggregateFunction, names: readonly Name[]): Name {
  const [first = null] = names;
  if (row.naming === "argument" && row.older?.prefix === undefined) return first;
  const values =
    row.naming === "arguments" ? names.slice(0, row.parameters.filter((p) => p !== "bool").length) : [first];
  return [row.prefix, ...values.map((name) => name ?? "")].join("_");
}

/** The name that a call gives to what stands around it, as in `tostring(max(x))`: none where there can be several results. */
export function innerName(row: AggregateFunction, names: readonly Name[]): Name {
  const several = row.results !== undefined && row.older?.name !== "take_any";
  return several || row.prefix.startsWith("percentile") ? null : aggregateName(row, names);
}

/** The names of the results of an aggregate with one for each argument: `arg_max(t, s)` gives `t` and `s`, `argmax` `max_t` and `max_t_s`. */
export function argumentNames(row: AggregateFunction, names: readonly Name[]): readonly string[] {
  const [first = null] = names;
  const prefixed = row.older?.prefix !== undefined;
  if (row.name === "take_any") {
    if (!prefixed) return names.map((name, i) => name ?? `any_arg${i}`);
    return names.map((name, i) => `any_${name ?? (names.length === 1 ? "" : `arg${i}`)}`);
  }
  const start = `${row.prefix}_${first ?? ""}`;
  return names.map((name, i) => {
    if (i === 0) return prefixed ? start : (first ?? start);
    return prefixed ? `${start}_${name ?? `arg${i}`}` : (name ?? `${start}_arg${i}`);
  });
}

/** `percentile_x_99_9`; without the rank where that is not written as a constant. */
export function rankName(row: AggregateFunction, name: Name, rank: number | null): string {
  return `${row.prefix}_${name ?? ""}_${rank === null ? "" : String(rank).replace(".", "_")}`;
}
