import { fixedSeconds, type Unit, unitOf } from "./units.ts";
import { epochOf, isTime, type WallClock, wallClock, weekday } from "./zone.ts";

/**
 * A time moved by a modifier: `-7d`, `@d`, `-1mon@mon+2h`, `@w1`, `now`; steps from left to right, so an amount before `@` counts
 * before the snap. null for a text that is no modifier. (Search Reference: "Time modifiers"; Date and time functions: relative_time)
 */
export function relativeTime(base: number, modifier: string, zone: string): number | null {
  const text = modifier.trim();
  if (text === "now" || text === "now()") return base;
  let rest = text.startsWith("now") ? text.slice(3) : text;
  if (rest === "") return null;
  let time = base;
  while (rest !== "") {
    const snap = /^@([A-Za-z]+)([0-7]?)/.exec(rest);
    const move = /^([+-])(\d*)([A-Za-z]+)/.exec(rest);
    if (snap !== null) {
      const [all, name = "", day = ""] = snap;
      const unit = unitOf(name);
      if (unit === undefined || (day !== "" && unit !== "w")) return null;
      time = snapTo(time, unit, zone, day === "" ? 0 : Number(day) % 7);
      rest = rest.slice(all.length);
    } else if (move !== null) {
      const [all, sign, amount = "", name = ""] = move;
      const unit = unitOf(name);
      if (unit === undefined) return null;
      time = addUnits(time, (sign === "-" ? -1 : 1) * (amount === "" ? 1 : Number(amount)), unit, zone);
      rest = rest.slice(all.length);
    } else return null;
    if (!isTime(time)) return null;
  }
  return isTime(time) ? time : null;
}

/** A time some units later, the clock unchanged for days and longer ones. */
export function addUnits(time: number, amount: number, unit: Unit, zone: string): number {
  const seconds = fixedSeconds(unit);
  if (seconds !== undefined) return time + amount * seconds;
  const clock = wallClock(time, zone);
  switch (unit) {
    case "d":
      return epochOf({ ...clock, day: clock.day + amount }, zone);
    case "w":
      return epochOf({ ...clock, day: clock.day + 7 * amount }, zone);
    case "mon":
      return addMonths(clock, amount, zone);
    case "q":
      return addMonths(clock, 3 * amount, zone);
    default:
      return addMonths(clock, 12 * amount, zone);
  }
}

/** A month that is too short ends with its last day. */
function addMonths(clock: WallClock, amount: number, zone: string): number {
  const index = clock.year * 12 + (clock.month - 1) + amount;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const days = new Date(Date.UTC(2000 + (((year % 400) + 400) % 400), month, 0)).getUTCDate();
  return epochOf({ ...clock, year, month, day: Math.min(clock.day, days) }, zone);
}

/** The begin of the unit that a time lies in; `firstDay` for weeks, Sunday 0. */
export function snapTo(time: number, unit: Unit, zone: string, firstDay = 0): number {
  const clock = wallClock(time, zone);
  const day = { ...clock, hour: 0, minute: 0, second: 0 };
  switch (unit) {
    case "us":
    case "ms":
    case "cs":
    case "ds":
      return time;
    case "s":
      return Math.floor(time);
    case "m":
      return Math.floor(time) - Math.floor(clock.second);
    case "h":
      return Math.floor(time) - Math.floor(clock.second) - clock.minute * 60;
    case "d":
      return epochOf(day, zone);
    case "w":
      return epochOf({ ...day, day: clock.day - ((weekday(clock) - firstDay + 7) % 7) }, zone);
    case "mon":
      return epochOf({ ...day, day: 1 }, zone);
    case "q":
      return epochOf({ ...day, month: clock.month - ((clock.month - 1) % 3), day: 1 }, zone);
    case "y":
      return epochOf({ ...day, month: 1, day: 1 }, zone);
  }
}
