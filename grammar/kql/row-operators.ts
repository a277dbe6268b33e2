import type { Rule } from "../base.ts";
import { PartRules } from "./parts.ts";
import * as t from "./tokens.ts";

const k = t.keyword;

/** The operators that read the rows of one table. */
export abstract class RowOperatorRules extends PartRules {
  /** Before the condition may stand a name, which says nothing. */
  readonly where: Rule = this.RULE("where", () => {
    this.OR([{ ALT: () => this.CONSUME(k("where")) }, { ALT: () => this.CONSUME(k("filter")) }]);
    this.SUBRULE(this.hints);
    this.OPTION({
      GATE: this.beforeEquals,
      DEF: () => {
        this.CONSUME(t.AssignableName);
        this.CONSUME(t.Equals);
      },
    });
    this.SUBRULE(this.expression);
  });

  readonly extend: Rule = this.RULE("extend", () => {
    this.CONSUME(k("extend"));
    this.SUBRULE(this.namedExpressions);
  });

  readonly project: Rule = this.RULE("project", () => {
    this.CONSUME(k("project"));
    this.OPTION(() => this.SUBRULE(this.namedExpressions));
  });

  readonly projectAway: Rule = this.RULE("projectAway", () => {
    this.CONSUME(k("project-away"));
    this.SUBRULE(this.patterns);
  });

  readonly projectKeep: Rule = this.RULE("projectKeep", () => {
    this.CONSUME(k("project-keep"));
    this.SUBRULE(this.patterns);
  });

  readonly projectRename: Rule = this.RULE("projectRename", () => {
    this.CONSUME(k("project-rename"));
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.rename) });
  });

  readonly rename: Rule = this.RULE("rename", () => {
    this.CONSUME(t.AssignableName);
    this.CONSUME(t.Equals);
    this.CONSUME(t.Name);
  });

  readonly projectReorder: Rule = this.RULE("projectReorder", () => {
    this.CONSUME(k("project-reorder"));
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.orderedPattern) });
  });

  readonly orderedPattern: Rule = this.RULE("orderedPattern", () => {
    this.SUBRULE(this.pattern);
    this.OPTION(() =>
      this.OR([
        { ALT: () => this.CONSUME(k("asc")) },
        { ALT: () => this.CONSUME(k("desc")) },
        { ALT: () => this.CONSUME(k("granny-asc")) },
        { ALT: () => this.CONSUME(k("granny-desc")) },
      ]),
    );
  });

  readonly projectByNames: Rule = this.RULE("projectByNames", () => {
    this.CONSUME(k("project-by-names"));
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
  });

  readonly summarize: Rule = this.RULE("summarize", () => {
    this.CONSUME(k("summarize"));
    this.SUBRULE(this.hints);
    this.OPTION({
      GATE: () => !this.at(1, k("by")) || this.at(2, t.Equals),
      DEF: () => this.SUBRULE(this.namedExpressions),
    });
    this.OPTION2(() => {
      this.CONSUME(k("by"));
      this.SUBRULE2(this.namedExpressions, { LABEL: "by" });
    });
  });

  readonly makeSeries: Rule = this.RULE("makeSeries", () => {
    this.CONSUME(k("make-series"));
    this.SUBRULE(this.knownSettings);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.seriesAggregate) });
    this.CONSUME(k("on"));
    this.SUBRULE(this.namedExpression);
    this.OR([{ ALT: () => this.SUBRULE(this.seriesRange) }, { ALT: () => this.SUBRULE(this.seriesSteps) }]);
    this.OPTION(() => {
      this.CONSUME(k("by"));
      this.SUBRULE(this.namedExpressions);
    });
  });

  readonly seriesAggregate: Rule = this.RULE("seriesAggregate", () => {
    this.SUBRULE(this.namedExpression);
    this.OPTION(() => {
      this.CONSUME(k("default"));
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
  });

  readonly seriesSteps: Rule = this.RULE("seriesSteps", () => {
    this.OPTION(() => {
      this.CONSUME(k("from"));
      this.SUBRULE(this.expression, { LABEL: "from" });
    });
    this.OPTION2(() => {
      this.CONSUME(k("to"));
      this.SUBRULE2(this.expression, { LABEL: "to" });
    });
    this.CONSUME(k("step"));
    this.SUBRULE3(this.expression, { LABEL: "step" });
  });

  readonly seriesRange: Rule = this.RULE("seriesRange", () => {
    this.CONSUME(k("in"));
    this.CONSUME(k("range"));
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.Comma);
    this.SUBRULE2(this.expression);
    this.CONSUME2(t.Comma);
    this.SUBRULE3(this.expression);
    this.CONSUME(t.RightParen);
  });

  readonly sort: Rule = this.RULE("sort", () => {
    this.OR([{ ALT: () => this.CONSUME(k("sort")) }, { ALT: () => this.CONSUME(k("order")) }]);
    this.SUBRULE(this.hints);
    this.CONSUME(k("by"));
    this.SUBRULE(this.sortKeys);
  });

  readonly top: Rule = this.RULE("top", () => {
    this.CONSUME(k("top"));
    this.SUBRULE(this.hints);
    this.SUBRULE(this.expression);
    this.CONSUME(k("by"));
    this.SUBRULE(this.sortKey);
  });

  readonly topNested: Rule = this.RULE("topNested", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.topNestedLevel) });
  });

  readonly topNestedLevel: Rule = this.RULE("topNestedLevel", () => {
    this.CONSUME(k("top-nested"));
    this.OPTION({ GATE: () => !this.at(1, k("of")), DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(k("of"));
    this.SUBRULE(this.namedExpression);
    this.OPTION2(() => {
      this.CONSUME(k("with"));
      this.CONSUME(k("others"));
      this.CONSUME(t.Equals);
      this.SUBRULE2(this.expression, { LABEL: "others" });
    });
    this.CONSUME(k("by"));
    this.SUBRULE2(this.namedExpression);
    this.OPTION3(() => this.OR([{ ALT: () => this.CONSUME(k("asc")) }, { ALT: () => this.CONSUME(k("desc")) }]));
  });

  readonly topHitters: Rule = this.RULE("topHitters", () => {
    this.CONSUME(k("top-hitters"));
    this.SUBRULE(this.expression);
    this.CONSUME(k("of"));
    this.SUBRULE(this.namedExpression);
    this.OPTION(() => {
      this.CONSUME(k("by"));
      this.SUBRULE2(this.namedExpression);
    });
  });

  readonly take: Rule = this.RULE("take", () => {
    this.OR([{ ALT: () => this.CONSUME(k("take")) }, { ALT: () => this.CONSUME(k("limit")) }]);
    this.SUBRULE(this.hints);
    this.SUBRULE(this.expression);
  });

  readonly sample: Rule = this.RULE("sample", () => {
    this.CONSUME(k("sample"));
    this.SUBRULE(this.hints);
    this.SUBRULE(this.expression);
  });

  readonly sampleDistinct: Rule = this.RULE("sampleDistinct", () => {
    this.CONSUME(k("sample-distinct"));
    this.SUBRULE(this.hints);
    this.SUBRULE(this.expression);
    this.CONSUME(k("of"));
    this.SUBRULE(this.namedExpression);
  });

  readonly count: Rule = this.RULE("count", () => {
    this.CONSUME(k("count"));
    this.OPTION(() => {
      this.CONSUME(k("as"));
      this.CONSUME(t.Name);
    });
  });

  readonly distinct: Rule = this.RULE("distinct", () => {
    this.CONSUME(k("distinct"));
    this.SUBRULE(this.hints);
    this.SUBRULE(this.namedExpressions);
  });

  readonly expandedColumn: Rule = this.RULE("expandedColumn", () => {
    this.OPTION({
      GATE: this.beforeEquals,
      DEF: () => {
        this.CONSUME(t.AssignableName);
        this.CONSUME(t.Equals);
      },
    });
    this.SUBRULE(this.expression);
    this.OPTION2(() => {
      this.CONSUME(k("to"));
      this.SUBRULE(this.typeof);
    });
  });

  readonly expansion: Rule = this.RULE("expansion", () => {
    this.SUBRULE(this.knownSettings);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expandedColumn) });
    this.OPTION(() => {
      this.CONSUME(k("limit"));
      this.SUBRULE(this.expression);
    });
  });

  readonly mvExpand: Rule = this.RULE("mvExpand", () => {
    this.OR([{ ALT: () => this.CONSUME(k("mv-expand")) }, { ALT: () => this.CONSUME(k("mvexpand")) }]);
    this.SUBRULE(this.expansion);
  });

  readonly parse: Rule = this.RULE("parse", () => {
    this.OR([{ ALT: () => this.CONSUME(k("parse")) }, { ALT: () => this.CONSUME(k("parse-where")) }]);
    this.SUBRULE(this.settings);
    this.SUBRULE(this.expression);
    this.CONSUME(k("with"));
    this.AT_LEAST_ONE(() => this.SUBRULE(this.parseStep));
  });

  readonly parseStep: Rule = this.RULE("parseStep", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Star) },
      { ALT: () => this.CONSUME(t.Text) },
      {
        ALT: () => {
          this.CONSUME(t.Name);
          this.OPTION(() => {
            this.CONSUME(t.Colon);
            this.CONSUME(t.Word);
          });
        },
      },
    ]);
  });

  readonly parseKv: Rule = this.RULE("parseKv", () => {
    this.CONSUME(k("parse-kv"));
    this.SUBRULE(this.expression);
    this.CONSUME(k("as"));
    this.CONSUME(t.LeftParen);
    this.OPTION(() => {
      this.SUBRULE(this.columns);
    });
    this.CONSUME(t.RightParen);
    this.OPTION2(() => {
      this.CONSUME(k("with"));
      this.SUBRULE(this.properties);
    });
  });

  readonly evaluate: Rule = this.RULE("evaluate", () => {
    this.CONSUME(k("evaluate"));
    this.SUBRULE(this.settings);
    this.SUBRULE(this.call);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.rowSchema);
    });
  });

  readonly scan: Rule = this.RULE("scan", () => {
    this.CONSUME(k("scan"));
    this.SUBRULE(this.settings);
    this.OPTION(() => {
      this.CONSUME(k("order"));
      this.CONSUME(k("by"));
      this.SUBRULE(this.sortKeys);
    });
    this.OPTION2(() => {
      this.CONSUME(k("partition"));
      this.CONSUME2(k("by"));
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    });
    this.OPTION3(() => {
      this.CONSUME(k("declare"));
      this.SUBRULE(this.parameters);
    });
    this.CONSUME(k("with"));
    this.CONSUME(t.LeftParen);
    this.MANY(() => this.SUBRULE(this.scanStep));
    this.CONSUME(t.RightParen);
  });

  readonly scanStep: Rule = this.RULE("scanStep", () => {
    this.CONSUME(k("step"));
    this.CONSUME(t.AssignableName);
    this.OPTION(() => {
      this.CONSUME(k("optional"));
    });
    this.OPTION2(() => {
      this.SUBRULE(this.setting);
    });
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression);
    this.OPTION3(() => {
      this.CONSUME(t.Arrow);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.scanAssignment) });
    });
    this.CONSUME(t.Semicolon);
  });

  readonly scanAssignment: Rule = this.RULE("scanAssignment", () => {
    this.CONSUME(t.AssignableName);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  readonly reduce: Rule = this.RULE("reduce", () => {
    this.CONSUME(k("reduce"));
    this.SUBRULE(this.settings);
    this.CONSUME(k("by"));
    this.SUBRULE(this.namedExpression);
    this.OPTION(() => {
      this.CONSUME(k("with"));
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.setting) });
    });
  });

  readonly as: Rule = this.RULE("as", () => {
    this.CONSUME(k("as"));
    this.SUBRULE(this.settings);
    this.CONSUME(t.Name);
  });

  readonly render: Rule = this.RULE("render", () => {
    this.CONSUME(k("render"));
    this.CONSUME(t.Word);
    this.SUBRULE(this.settings);
    this.OPTION(() => {
      this.CONSUME(k("by"));
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.AssignableName) });
    });
    this.OPTION2(() => {
      this.CONSUME(k("with"));
      this.CONSUME(t.LeftParen);
      this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.renderSetting) });
      this.CONSUME(t.RightParen);
    });
  });

  /** A setting, or a further name of the one before it: `ycolumns=a, b`. */
  readonly renderSetting: Rule = this.RULE("renderSetting", () => {
    this.OR({
      DEF: [{ GATE: this.atParameter, ALT: () => this.SUBRULE(this.setting) }, { ALT: () => this.CONSUME(t.Name) }],
      IGNORE_AMBIGUITIES: true,
    });
  });

  readonly serialize: Rule = this.RULE("serialize", () => {
    this.CONSUME(k("serialize"));
    this.SUBRULE(this.hints);
    this.OPTION(() => this.SUBRULE(this.namedExpressions));
  });

  readonly consumeAll: Rule = this.RULE("consumeAll", () => {
    this.CONSUME(k("consume"));
    this.SUBRULE(this.settings);
  });

  readonly getschema: Rule = this.RULE("getschema", () => {
    this.CONSUME(k("getschema"));
    this.SUBRULE(this.settings);
  });

  readonly assertSchema: Rule = this.RULE("assertSchema", () => {
    this.CONSUME(k("assert-schema"));
    this.SUBRULE(this.rowSchema);
  });

  readonly executeAndCache: Rule = this.RULE("executeAndCache", () => {
    this.CONSUME(k("__executeAndCache"));
  });
}
