import { analyzeSpl } from "./analyze-spl/index.ts";
import type { CompileOptions } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { fidelityOf } from "./diagnostics/fidelity.ts";
import { distinct, type EmitPlanOptions, type Emitted, emitPlan, profileFor, targetFor } from "./emit-plan.ts";
import type { Profile } from "./fields/profile.ts";
import { profileOf } from "./fields/profile-source.ts";
import { backwards } from "./fields/profiles/backwards.ts";
import { knownProfile, profiles } from "./fields/profiles.ts";
import { reverseProfiles } from "./fields/reverse.ts";
import { schemasOf } from "./schemas/declared.ts";
import type { Macros } from "./spl/macros.ts";
import { parseSplText } from "./spl/parse.ts";

export interface TranspileSplOptions extends CompileOptions, Omit<EmitPlanOptions, "macros"> {
  /** Id of a target. */
  readonly to: string;
  /** The profile that the search's fields belong to; found by what the search selects where it is absent. */
  readonly from?: string | Profile;
  /** The profile of the target, for a target that takes one (SPL); for the others the same as `from`. */
  readonly profile?: string | Profile;
  /** Definitions of the macros that the search calls. */
  readonly macros?: Macros;
}

export interface TranspiledSpl extends Emitted {
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * An SPL search to a target's text. Its fields are read backwards through a profile: they become the columns of the KQL table that
 * the search's events are in. Throws a RangeError for a target or profile that does not exist.
 */
export function transpileSpl(text: string, options: TranspileSplOptions): TranspiledSpl {
  const target = targetFor(options.to);
  const mapped = target.userProfiles;
  const from = options.from ?? (mapped ? undefined : options.profile);
  const profile = profileFor(target, mapped ? options.profile : undefined);
  const parsed = parseSplText(text, options.macros === undefined ? {} : { macros: options.macros });
  // The filter at the end of a detection has its own note.
  const diagnostics = parsed.diagnostics.filter(
    (d) => !(d.code === "SPL008" && isFilterMacro(text.slice(d.start, d.end))),
  );
  if (!parsed.pipeline || diagnostics.some((d) => d.severity === "error")) {
    return { text: "", fidelity: "unsupported", notes: [], diagnostics };
  }
  const schemas = schemasOf(options.schemas);
  const tables = reverseProfiles(sources(from), (table) => schemas.columns(table), from !== undefined);
  const { plan, notes } = analyzeSpl(parsed.pipeline, text, tables);
  if (!plan) return { text: "", fidelity: "unsupported", notes, diagnostics };
  const { macros: _, ...rest } = options;
  const emitted = emitPlan(plan, "", target, profile, rest);
  const all = distinct([...notes, ...emitted.notes]);
  const fidelity = fidelityOf(all);
  return { text: fidelity === "unsupported" ? "" : emitted.text, fidelity, notes: all, diagnostics };
}

function isFilterMacro(written: string): boolean {
  return /^`\w+_filter`$/.test(written);
}

/** The profiles that may say what a field is. */
function sources(from: string | Profile | undefined): readonly Profile[] {
  const more = backwards.map(profileOf);
  if (from === undefined) return [...[...profiles.values()].filter((p) => p.name !== "sigma"), ...more];
  if (typeof from !== "string") return [from];
  const known = knownProfile(from);
  const others = more.filter((p) => p.name === from);
  if (!known && others.length === 0)
    throw new RangeError(`there is no profile \`${from}\`; profiles: ${[...profiles.keys()].join(", ")}`);
  return known === undefined ? others : [known, ...others];
}
