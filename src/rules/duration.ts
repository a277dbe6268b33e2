const unitSeconds = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/**
 * A length of time in whole seconds, from `14d`, `1h`, `30m` as Sentinel's YAML has it or `P14D`, `PT1H30M` as its templates
 * have it; undefined for any other text.
 */
export function parseDuration(text: string): number | undefined {
  const short = /^(\d{1,6})\s*([dhms])$/i.exec(text.trim());
  if (short !== null) {
    const unit = (short[2] ?? "").toLowerCase();
    return Number(short[1]) * (unit === "d" || unit === "h" || unit === "m" ? unitSeconds[unit] : 1);
  }
  const iso = /^P(?=\d|T\d)(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/i.exec(
    text.trim(),
  );
  if (iso === null) return undefined;
  const [, days, hours, minutes, seconds] = iso.map((part) => Number(part ?? 0));
  return (days ?? 0) * unitSeconds.d + (hours ?? 0) * unitSeconds.h + (minutes ?? 0) * unitSeconds.m + (seconds ?? 0);
}

/** In the largest unit that divides it: `14d`, `1h`, `90m`. */
export function shortDuration(seconds: number): string {
  for (const unit of ["d", "h", "m"] as const) {
    if (seconds > 0 && seconds % unitSeconds[unit] === 0) return `${seconds / unitSeconds[unit]}${unit}`;
  }
  return `${seconds}s`;
}

/** ISO 8601: `P14D`, `PT1H30M`. */
export function isoDuration(seconds: number): string {
  const days = Math.floor(seconds / unitSeconds.d);
  const hours = Math.floor((seconds % unitSeconds.d) / unitSeconds.h);
  const minutes = Math.floor((seconds % unitSeconds.h) / unitSeconds.m);
  const rest = seconds % unitSeconds.m;
  const time = `${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}${rest > 0 ? `${rest}S` : ""}`;
  if (days === 0 && time === "") return "PT0S";
  return `P${days > 0 ? `${days}D` : ""}${time === "" ? "" : `T${time}`}`;
}

/** For people: `1 hour`, `14 days`, `90 minutes`. */
export function spokenDuration(seconds: number): string {
  const names = { d: "day", h: "hour", m: "minute", s: "second" } as const;
  const [, count = "", unit = ""] = /^(\d+)([dhms])$/.exec(shortDuration(seconds)) ?? [];
  const name = unit === "d" || unit === "h" || unit === "m" ? names[unit] : names.s;
  return `${count} ${name}${count === "1" ? "" : "s"}`;
}
