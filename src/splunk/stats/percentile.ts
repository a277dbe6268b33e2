/**
 * The value below which `percent` of the values lie, by nearest rank: number ⌊percent·n/100⌋ from 0 of the sorted values.
 * (limits.conf: [stats] perc_method; Aggregate functions: perc, median)
 */
export function percentile(values: readonly number[], percent: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.floor((percent / 100) * sorted.length);
  return sorted[Math.min(rank, sorted.length - 1)] ?? null;
}
