import { type Dynamic, isArray, isBag, type Value } from "../types/value.ts";

/** `d.key`, `d["key"]`, `d[0]`, `d[-1]` (the last element); null where there is none. */
export function access(target: Value, key: Value): Dynamic {
  if (isArray(target)) return (typeof key === "number" ? target.at(key) : undefined) ?? null;
  if (!isBag(target) || typeof key !== "string") return null;
  return Object.hasOwn(target, key) ? (target[key] ?? null) : null;
}
