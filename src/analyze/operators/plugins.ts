import type { Relation } from "../../plan/nodes.ts";
import { bagUnpack } from "./bag-unpack.ts";
import { geoLookup } from "./geo-lookup.ts";
import { ipLookup } from "./ip-lookup.ts";
import { narrow } from "./narrow.ts";
import { overTime } from "./over-time.ts";
import { pivot } from "./pivot.ts";
import type { RunnablePlugin } from "./plugin-columns.ts";

/** The plugins that can be run: as other nodes of the plan, or as a Plugin. null: known by its columns alone. */
export const plugins: Readonly<Record<string, (plugin: RunnablePlugin) => Relation | null>> = {
  active_users_count: overTime,
  activity_counts_metrics: overTime,
  bag_unpack: bagUnpack,
  geo_line_lookup: geoLookup,
  geo_polygon_lookup: geoLookup,
  identity: ({ input }) => input,
  ipv4_lookup: ipLookup,
  ipv6_lookup: ipLookup,
  narrow,
  pivot,
  rolling_percentile: overTime,
};
