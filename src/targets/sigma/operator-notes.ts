import type { Note } from "../../diagnostics/fidelity.ts";
import type { Relation } from "../../plan/nodes.ts";

/** What a query does with its events besides choosing them one by one, none of which a Sigma rule does. */
export function operatorNotes(steps: readonly Relation[]): readonly Note[] {
  return steps.flatMap((step): readonly Note[] => {
    switch (step.kind) {
      case "aggregate":
        return [
          wider(
            step,
            step.keyword,
            "aggregation",
            "Sigma does not group: the rule matches each event of a group",
            "always: one match per event, not one row per group",
          ),
        ];
      case "series":
      case "top-nested":
      case "top-hitters": {
        const keyword = step.kind === "series" ? "make-series" : step.kind;
        const message = "Sigma does not group: the rule matches each event of a group";
        return [wider(step, keyword, "aggregation", message, "always: one match per event, not one row per group")];
      }
      case "sequence": {
        const message = "Sigma does not look at the events around: the sequence of events is left out";
        return [wider(step, "scan", "sequence", message, "an event is no part of such a sequence")];
      }
      case "expand":
        return [
          wider(
            step,
            "mv-expand",
            "expansion",
            "Sigma does not expand arrays: the rule matches the event itself",
            "an array is empty or has several elements",
          ),
        ];
      case "apply":
        return [
          wider(
            step,
            "mv-apply",
            "expansion",
            "Sigma does not look into arrays: the rule matches the event itself",
            "no element or several elements are left of an event",
          ),
        ];
      case "parse":
        return step.filter
          ? [
              wider(
                step,
                "parse-where",
                "parse",
                "Sigma does not parse: the pattern is left out",
                "an event does not fit the pattern",
              ),
            ]
          : [];
      case "limit":
        return [
          wider(
            step,
            "take",
            "limit",
            "a Sigma rule has no limit: every event matches",
            "there are more events than the limit",
          ),
        ];
      case "sort":
        return [
          {
            level: "info",
            cause: "order",
            construct: "sort",
            message: "a Sigma rule has no order of results",
            span: step.span,
          },
        ];
      default:
        return [];
    }
  });
}

function wider(step: Relation, construct: string, cause: string, message: string, when: string): Note {
  return { level: "approximate", cause, construct, message, when, span: step.span };
}
