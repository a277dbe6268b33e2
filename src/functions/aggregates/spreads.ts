import type { AggregateFunction } from "../row.ts";
import { named, summable } from "./parameters.ts";

const spread = (name: string, run: NonNullable<AggregateFunction["run"]>, page = name): AggregateFunction =>
  named({
    name,
    parameters: name.endsWith("if") ? [summable, "bool"] : [summable],
    returns: "real",
    run,
    page: `${page}-aggregate-function`,
  });
const together = (name: string, run: NonNullable<AggregateFunction["run"]>): AggregateFunction =>
  named({
    name,
    parameters: name.endsWith("if") ? [summable, summable, "bool"] : [summable, summable],
    returns: "real",
    naming: "arguments",
    run,
  });

/** Standard deviation, variance and covariance: of a sample, and with `p` of a population. */
export const spreads: readonly AggregateFunction[] = [
  spread("stdev", "stdev"),
  spread("stdevif", "stdevif"),
  spread("stdevp", "stdevp"),
  spread("variance", "variance"),
  spread("varianceif", "varianceif"),
  spread("variancep", "variancep"),
  spread("variancepif", "variancepif"),
  together("covariance", "covariance"),
  together("covarianceif", "covarianceif"),
  together("covariancep", "covariancep"),
  together("covariancepif", "covariancepif"),
];
