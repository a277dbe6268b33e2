import { type CompileOptions, compileKql } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { type EmitPlanOptions, type Emitted, emitPlan, profileFor, targetFor } from "./emit-plan.ts";
import type { Profile } from "./fields/profile.ts";

export interface TranspileOptions extends CompileOptions, EmitPlanOptions {
  /** Id of a target. */
  readonly to: string;
  /** Name of a field-mapping profile, or one of the caller's own. */
  readonly profile?: string | Profile;
}

export interface Transpiled extends Emitted {
  readonly diagnostics: readonly Diagnostic[];
}

/** KQL text to a target's text. Throws a RangeError for a target or profile that does not exist. */
export function transpile(text: string, options: TranspileOptions): Transpiled {
  const target = targetFor(options.to);
  const profile = profileFor(target, options.profile);
  const { plan, diagnostics } = compileKql(text, options);
  if (!plan) return { text: "", fidelity: "unsupported", notes: [], diagnostics };
  return { ...emitPlan(plan, text, target, profile, options), diagnostics };
}
