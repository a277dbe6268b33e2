/** Units of time as modifiers and spans write them. (Search Reference: "Time modifiers", "Date and time format variables") */
export type Unit = "us" | "ms" | "cs" | "ds" | "s" | "m" | "h" | "d" | "w" | "mon" | "q" | "y";

const names: Readonly<Record<string, Unit>> = {
  us: "us",
  ms: "ms",
  cs: "cs",
  ds: "ds",
  s: "s",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  m: "m",
  min: "m",
  mins: "m",
  minute: "m",
  minutes: "m",
  h: "h",
  hr: "h",
  hrs: "h",
  hour: "h",
  hours: "h",
  d: "d",
  day: "d",
  days: "d",
  w: "w",
  week: "w",
  weeks: "w",
  mon: "mon",
  month: "mon",
  months: "mon",
  q: "q",
  qtr: "q",
  qtrs: "q",
  quarter: "q",
  quarters: "q",
  y: "y",
  yr: "y",
  yrs: "y",
  year: "y",
  years: "y",
};

export function unitOf(name: string): Unit | undefined {
  return names[name] ?? names[name.toLowerCase()];
}

/** Seconds of a unit that always has the same length; undefined for days and longer ones, which the calendar measures. */
export function fixedSeconds(unit: Unit): number | undefined {
  const lengths: Partial<Record<Unit, number>> = { us: 1e-6, ms: 1e-3, cs: 0.01, ds: 0.1, s: 1, m: 60, h: 3600 };
  return lengths[unit];
}
