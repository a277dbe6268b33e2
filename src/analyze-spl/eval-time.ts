import { call } from "./build.ts";
import { argument, type EvalFunction, type Place } from "./eval-place.ts";
import { formatted, moved } from "./time.ts";
import { asNumber, asText, constantText, plainValue } from "./value.ts";

/** Functions of eval on times. (SPL Search Reference: Date and Time functions) */
export const timeFunctions: Readonly<Record<string, EvalFunction>> = {
  now: (_, { span }) => plainValue(call("now", "datetime", span)),
  time: (_, { span }) => plainValue(call("now", "datetime", span)),
  relative_time: (args, place) => {
    const [time, given] = [argument(args, 0, place), argument(args, 1, place)];
    const modifier = given === null ? null : constantText(given);
    if (time === null || modifier === null) return null;
    const { session, span } = place;
    const from =
      time.expr.type === "datetime"
        ? time.expr
        : call("unixtime_seconds_todatetime", "datetime", span, asNumber(time, session, span));
    const done = moved(from, modifier, span);
    if (done === null) return null;
    if (/@(?:d|w|mon|y)/.test(modifier)) zoneNote(place, "a day begins at midnight UTC");
    return { ...plainValue(done), nullable: time.nullable };
  },
  strftime: (args, place) => {
    const [time, given] = [argument(args, 0, place), argument(args, 1, place)];
    const format = given === null ? null : constantText(given);
    if (time === null || format === null) return null;
    const { session, span } = place;
    const from =
      time.expr.type === "datetime"
        ? time.expr
        : call("unixtime_seconds_todatetime", "datetime", span, asNumber(time, session, span));
    const done = formatted(from, format, span);
    if (done === null) return null;
    zoneNote(place, "times are written in UTC");
    return { ...plainValue(done), nullable: time.nullable };
  },
  strptime: (args, place) => {
    const [value, given] = [argument(args, 0, place), argument(args, 1, place)];
    const format = given === null ? null : constantText(given);
    if (value === null || format === null) return null;
    if (!/^(?:%Y-%m-%d|%F)(?:[T ](?:%H:%M:%S|%T)(?:\.%\d?[NQf]|\.%\dN)?(?:Z|%z|%Z)?)?$/.test(format)) return null;
    zoneNote(place, "times are read as UTC");
    const done = call("todatetime", "datetime", place.span, asText(value, place.session, place.span));
    return { ...plainValue(done), nullable: true };
  },
};

function zoneNote({ session, span }: Place, message: string): void {
  session.approximate("time-zone", span, message, "the Splunk user's time zone is not UTC");
}
