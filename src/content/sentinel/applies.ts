import type { ContentInput } from "../content.ts";

/** Whether the rule is meant for Sentinel: it says so, or does not say. */
export function isForSentinel({ rule }: ContentInput): boolean {
  return rule.flavours.length === 0 || rule.flavours.includes("sentinel");
}

/** Whether a platform runs the rule by itself. */
export function isScheduled({ rule }: ContentInput): boolean {
  return rule.deployment.schedule !== undefined || rule.deployment.nearRealTime;
}
