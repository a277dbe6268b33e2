import { SplProblem } from "../../problem.ts";
import { relativeTime } from "../../time/relative.ts";
import { strftime } from "../../time/strftime.ts";
import { strptime } from "../../time/strptime.ts";
import { isTime } from "../../time/zone.ts";
import { isMulti, numberOf, textOf } from "../../value.ts";
import { type EvalFunction, ofValues, strict, undefinedOnMulti } from "../function.ts";

/** Date and time functions; days begin at midnight of the search's time zone. (Search Reference) */
export const dateTimeFunctions: Readonly<Record<string, EvalFunction>> = {
  now: ofValues(0, 0, (_, { engine }) => Math.floor(engine.now)),
  time: ofValues(0, 0, (_, { engine }) => engine.now),
  relative_time: strict(2, 2, ([time = null, modifier = null], { engine, call }) => {
    const base = numberOf(time);
    const text = textOf(modifier) ?? "";
    if (base === null || !isTime(base)) return null;
    const result = relativeTime(base, text, engine.timeZone);
    if (result === null) throw new SplProblem("SPL203", call, `\`${text}\` is no relative time`, "write it as -7d@d");
    return result;
  }),
  strftime: strict(2, 2, ([time = null, format = null], scope) => {
    if (isMulti(time)) return undefinedOnMulti(scope);
    const epoch = numberOf(time);
    return epoch === null || !isTime(epoch) ? null : strftime(epoch, textOf(format) ?? "", scope.engine.timeZone);
  }),
  strptime: strict(2, 2, ([text = null, format = null], scope) => {
    if (isMulti(text)) return undefinedOnMulti(scope);
    return strptime(textOf(text) ?? "", textOf(format) ?? "", scope.engine.timeZone, scope.engine.now);
  }),
};
