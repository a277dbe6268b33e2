import { scalar } from "./define.ts";
import type { ParameterType, ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

const text: ParameterType = ["string", "dynamic"];

/** IP addresses. What is no address gives null. */
export const addresses: readonly ScalarFunction[] = [
  scalar("ipv4_is_private", ["string"], "bool", { run: "ipv4IsPrivate", spl: splForms.ipv4_is_private }),
  scalar("ipv4_is_match", ["string", "string", "long"], "bool", { optional: 1, run: "ipv4IsMatch" }),
  scalar("ipv4_is_in_range", ["string", "string"], "bool", {
    run: "ipv4IsInRange",
    spl: splForms.ipv4_is_in_range,
  }),
  scalar("ipv4_is_in_any_range", [text, text], "bool", { rest: text, nulls: "handles", run: "ipv4IsInAnyRange" }),
  scalar("ipv4_compare", ["string", "string", "long"], "long", { optional: 1, run: "ipv4Compare" }),
  scalar("ipv4_netmask_suffix", ["string"], "long", { run: "ipv4NetmaskSuffix" }),
  scalar("ipv4_range_to_cidr_list", ["string", "string"], "dynamic", { run: "ipv4RangeToCidrList" }),
  scalar("parse_ipv4", ["string"], "long", { run: "parseIpv4" }),
  scalar("parse_ipv4_mask", ["string", "long"], "long", { nulls: "handles", run: "parseIpv4Mask" }),
  scalar("format_ipv4", ["any", "long"], "string", { optional: 1, nulls: "handles", run: "formatIpv4" }),
  scalar("format_ipv4_mask", ["any", "long"], "string", { optional: 1, nulls: "handles", run: "formatIpv4Mask" }),
  scalar("has_ipv4", [text, "string"], "bool", { run: "hasIpv4" }),
  scalar("has_ipv4_prefix", [text, "string"], "bool", { run: "hasIpv4Prefix" }),
  scalar("has_any_ipv4", [text, text], "bool", { rest: text, nulls: "handles", run: "hasAnyIpv4" }),
  scalar("has_any_ipv4_prefix", [text, text], "bool", { rest: text, nulls: "handles", run: "hasAnyIpv4Prefix" }),
  scalar("ipv6_compare", ["string", "string", "long"], "long", { optional: 1, run: "ipv6Compare" }),
  scalar("ipv6_is_match", ["string", "string", "long"], "bool", { optional: 1, run: "ipv6IsMatch" }),
  scalar("ipv6_is_in_range", ["string", "string"], "bool", { run: "ipv6IsInRange" }),
  scalar("ipv6_is_in_any_range", [text, text], "bool", { rest: text, nulls: "handles", run: "ipv6IsInAnyRange" }),
  scalar("parse_ipv6", ["string"], "string", { nulls: "handles", run: "parseIpv6" }),
  scalar("parse_ipv6_mask", ["string", "long"], "string", { nulls: "handles", run: "parseIpv6Mask" }),
  scalar("geo_info_from_ip_address", ["string"], "dynamic"),
];
