import type { Code } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Query } from "../kql/ast.ts";
import type { Plan } from "../plan/nodes.ts";
import type { Column } from "../types/scalar-type.ts";
import type { PlanFacts } from "./plan-facts.ts";
import type { RuleFacts } from "./rule-facts.ts";

/** What is looked at: one query in all its forms, and what the rule file around it says. */
export interface Subject {
  readonly text: string;
  readonly query: Query;
  /** null where the query has errors: warnings that need the plan then stay silent. */
  readonly plan: Plan | null;
  /** The result's columns; null where they are not known. */
  readonly columns: readonly Column[] | null;
  readonly rule: RuleFacts;
}

/** What a warning that looks at the plan is given. */
export interface PlanView extends Subject {
  readonly plan: Plan;
  readonly facts: PlanFacts;
}

/** Reports one finding: its place, one sentence in the source's words, and what would work instead. */
export type Report = (code: Code, span: Span, message: string, hint?: string) => void;

/** One kind of finding, or a few that fall out of the same look at the query. */
export type Warning =
  | { readonly codes: readonly Code[]; readonly needs: "tree"; readonly find: (view: Subject, report: Report) => void }
  | {
      readonly codes: readonly Code[];
      readonly needs: "plan";
      readonly find: (view: PlanView, report: Report) => void;
    };
