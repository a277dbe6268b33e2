/**
 * Evaluate: ipv4 lookup
 *
 * Ported from KQL by ruleport.
 */

import { fromRows } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly ip: string;
  readonly network: string;
  readonly place: string;
}

export function evaluateIpv4Lookup(): AsyncIterable<Row> {
  const nets = fromRows<{ readonly network: string; readonly place: string }>([
    { network: "10.0.0.0/8", place: "inside" },
    { network: "10.1.0.0/16", place: "lab" },
    { network: "8.8.8.8", place: "dns" },
  ]);
  return fromRows<{ readonly ip: string }>([
    { ip: "10.1.2.3" },
    { ip: "10.9.9.9" },
    { ip: "8.8.8.8" },
    { ip: "1.1.1.1" },
    { ip: "none" },
  ]).ipv4Lookup(
    nets,
    (row) => row.ip,
    (network) => network.network,
    (row, network) => ({ ...row, network: network.network, place: network.place }),
  );
}
