import type { Emission, RuleInfo } from "../plan/emission.ts";
import type { Plan } from "../plan/nodes.ts";
import { emitKql } from "./kql/index.ts";
import { emitSigma } from "./sigma/index.ts";
import { emitSpl } from "./splunk/index.ts";
import { emitTypeScript } from "./typescript/index.ts";

export interface EmitOptions {
  /** The rule's name, for what the output calls itself. */
  readonly name: string;
  /** The query's text, which the plan's spans point into. */
  readonly query: string;
  readonly info: RuleInfo;
  /** SPL: use the macros of Splunk's security content. */
  readonly macros: boolean;
  /** TypeScript: no imports. */
  readonly standalone: boolean;
}

export interface Target {
  readonly id: string;
  readonly title: string;
  /** Of the files it makes, without a dot. */
  readonly extension: string;
  /** Field-mapping profiles that it can be emitted for, the default first; empty where columns keep their names. */
  readonly profiles: readonly string[];
  /** Further profiles of the project that a user may ask for. */
  readonly otherProfiles: readonly string[];
  /** Whether a user may bring a profile. */
  readonly userProfiles: boolean;
  /** The names that the event time has in its variants; empty where there are none. */
  readonly flavours: readonly ("defender" | "sentinel")[];
  /** Whether it can say "every table that fits a pattern". */
  readonly patterns: boolean;
  /** Whether it can name parts of a query; the others get them in place. */
  readonly lets: boolean;
  /** Whether constants are worked out first; KQL stays as it was written. */
  readonly folds: boolean;
  /** Whether it can leave out what the profile has no field for, and then says so itself. */
  readonly partial: boolean;
  readonly emit: (plan: Plan, options: EmitOptions) => Emission;
}

/** Everything a rule can be ported to, in the order of tables and help texts. */
export const targets: readonly Target[] = [
  {
    id: "spl",
    title: "Splunk SPL",
    extension: "spl",
    profiles: ["defender", "sysmon", "cim"],
    otherProfiles: ["defender-eventhub"],
    userProfiles: true,
    flavours: [],
    patterns: false,
    lets: false,
    folds: true,
    partial: false,
    emit: emitSpl,
  },
  {
    id: "sigma",
    title: "Sigma",
    extension: "yml",
    profiles: ["sigma"],
    otherProfiles: [],
    userProfiles: false,
    flavours: [],
    patterns: false,
    lets: false,
    folds: true,
    partial: true,
    emit: emitSigma,
  },
  {
    id: "typescript",
    title: "TypeScript",
    extension: "ts",
    profiles: [],
    otherProfiles: [],
    userProfiles: false,
    flavours: [],
    patterns: false,
    lets: true,
    folds: true,
    partial: false,
    emit: emitTypeScript,
  },
  {
    id: "kql",
    title: "KQL",
    extension: "kql",
    profiles: [],
    otherProfiles: [],
    userProfiles: false,
    flavours: ["defender", "sentinel"],
    patterns: true,
    lets: true,
    folds: false,
    partial: false,
    emit: emitKql,
  },
];

/** A target by its id; `ts` is short for `typescript`. */
export function targetById(id: string): Target | undefined {
  return targets.find((t) => t.id === (id === "ts" ? "typescript" : id));
}
