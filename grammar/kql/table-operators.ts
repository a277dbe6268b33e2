import type { Rule } from "../base.ts";
import { RowOperatorRules } from "./row-operators.ts";
import * as t from "./tokens.ts";

const k = t.keyword;

/** The operators that bring rows, join them, or hand them to a query in parentheses. */
export abstract class TableOperatorRules extends RowOperatorRules {
  protected abstract readonly statements: Rule;

  readonly union: Rule = this.RULE("union", () => {
    this.CONSUME(k("union"));
    this.SUBRULE(this.settings);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.entity) });
  });

  readonly join: Rule = this.RULE("join", () => {
    this.OR([{ ALT: () => this.CONSUME(k("join")) }, { ALT: () => this.CONSUME(k("lookup")) }]);
    this.SUBRULE(this.settings);
    this.SUBRULE(this.operand);
    this.OPTION(() => {
      this.CONSUME(k("on"));
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    });
  });

  readonly print: Rule = this.RULE("print", () => {
    this.CONSUME(k("print"));
    this.SUBRULE(this.namedExpressions);
  });

  readonly range: Rule = this.RULE("range", () => {
    this.CONSUME(k("range"));
    this.CONSUME(t.Name);
    this.CONSUME(k("from"));
    this.SUBRULE(this.expression);
    this.CONSUME(k("to"));
    this.SUBRULE2(this.expression);
    this.CONSUME(k("step"));
    this.SUBRULE3(this.expression);
  });

  readonly mvApply: Rule = this.RULE("mvApply", () => {
    this.OR([{ ALT: () => this.CONSUME(k("mv-apply")) }, { ALT: () => this.CONSUME(k("mvapply")) }]);
    this.SUBRULE(this.expansion);
    this.CONSUME(k("on"));
    this.SUBRULE(this.subquery);
  });

  readonly search: Rule = this.RULE("search", () => {
    this.CONSUME(k("search"));
    this.SUBRULE(this.settings);
    this.OPTION({ GATE: () => this.at(1, k("in")) && this.beforeParen(), DEF: () => this.SUBRULE(this.scope) });
    this.SUBRULE(this.expression);
  });

  readonly find: Rule = this.RULE("find", () => {
    this.CONSUME(k("find"));
    this.SUBRULE(this.settings);
    this.OPTION({ GATE: () => this.at(1, k("in")) && this.beforeParen(), DEF: () => this.SUBRULE(this.scope) });
    this.OPTION2(() => this.CONSUME(k("where")));
    this.SUBRULE(this.expression);
    this.OPTION3(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(k("project"));
            this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.findColumn) });
          },
        },
        {
          ALT: () => {
            this.CONSUME(k("project-smart"));
            this.OPTION4(() => {
              this.OR2([
                { ALT: () => this.CONSUME(k("project-away")) },
                { ALT: () => this.CONSUME(k("__projectAway")) },
              ]);
              this.SUBRULE(this.patterns);
            });
          },
        },
      ]),
    );
  });

  readonly findColumn: Rule = this.RULE("findColumn", () => {
    this.OR({
      DEF: [
        {
          GATE: this.beforeParen,
          ALT: () => {
            this.CONSUME(k("pack"));
            this.CONSUME(t.LeftParen);
            this.CONSUME(t.Star);
            this.CONSUME(t.RightParen);
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Name);
            this.OPTION(() => {
              this.CONSUME(t.Colon);
              this.CONSUME(t.Word);
            });
          },
        },
      ],
      IGNORE_AMBIGUITIES: true,
    });
  });

  readonly invoke: Rule = this.RULE("invoke", () => {
    this.CONSUME(k("invoke"));
    this.SUBRULE(this.call);
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.SUBRULE2(this.call);
    });
  });

  readonly partition: Rule = this.RULE("partition", () => {
    this.CONSUME(k("partition"));
    this.SUBRULE(this.settings);
    this.CONSUME(k("by"));
    this.SUBRULE(this.path);
    this.OR([
      { ALT: () => this.SUBRULE(this.subquery) },
      {
        ALT: () => {
          this.CONSUME(t.LeftBrace);
          this.SUBRULE(this.pipeline);
          this.CONSUME(t.RightBrace);
        },
      },
    ]);
  });

  readonly fork: Rule = this.RULE("fork", () => {
    this.CONSUME(k("fork"));
    this.AT_LEAST_ONE(() => this.SUBRULE(this.branch));
  });

  readonly branch: Rule = this.RULE("branch", () => {
    this.OPTION(() => {
      this.CONSUME(t.Name);
      this.CONSUME(t.Equals);
    });
    this.SUBRULE(this.subquery);
  });

  readonly facet: Rule = this.RULE("facet", () => {
    this.CONSUME(k("facet"));
    this.CONSUME(k("by"));
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.path) });
    this.OPTION(() => {
      this.CONSUME(k("with"));
      this.OR([{ ALT: () => this.SUBRULE(this.subquery) }, { ALT: () => this.SUBRULE(this.operator) }]);
    });
  });

  readonly macroExpand: Rule = this.RULE("macroExpand", () => {
    this.CONSUME(k("macro-expand"));
    this.SUBRULE(this.settings);
    this.SUBRULE(this.operand);
    this.CONSUME(k("as"));
    this.CONSUME(t.Name);
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.statements);
    this.CONSUME(t.RightParen);
  });
}
