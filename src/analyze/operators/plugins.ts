import type { Relation } from "../../plan/nodes.ts";
import { bagUnpack } from "./bag-unpack.ts";
import { ipLookup } from "./ip-lookup.ts";
import { narrow } from "./narrow.ts";
import { pivot } from "./pivot.ts";
import type { RunnablePlugin } from "./plugin-columns.ts";

/** The plugins that can be run: as other nodes of the plan, or as a Plugin. null: known by its columns alone. */
export const plugins: Readonly<Record<string, (plugin: RunnablePlugin) => Relation | null>> = {
  bag_unpack: bagUnpack,
  identity: ({ input }) => input,
  ipv4_lookup: ipLookup,
  ipv6_lookup: ipLookup,
  narrow,
  pivot,
};
