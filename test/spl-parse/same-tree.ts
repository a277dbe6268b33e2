/** A tree without its places, so that two of them can be compared. A span of tstats is a text and stays. */
export function withoutPlaces(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutPlaces);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => key !== "span" || typeof value !== "object" || value === null)
      .map(([key, value]) => [key, withoutPlaces(value)]),
  );
}
