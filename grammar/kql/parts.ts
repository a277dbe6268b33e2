import type { Rule } from "../base.ts";
import { ExpressionRules } from "./expressions.ts";
import * as t from "./tokens.ts";

const k = t.keyword;

/** What several operators share: named expressions, patterns of columns and tables, sort keys, settings, subqueries. */
export abstract class PartRules extends ExpressionRules {
  protected atParameter = (): boolean => this.at(2, t.Equals) || this.atHint();
  /** A setting where named expressions may follow. */
  private atKnownParameter = (): boolean =>
    this.atHint() ||
    (this.beforeEquals() &&
      (this.at(1, k("kind")) || this.at(1, k("bagexpansion")) || this.at(1, k("with_itemindex"))));
  /** `(a, b) =` */
  private atNameTuple = (): boolean => {
    if (!this.at(1, t.LeftParen)) return false;
    for (let i = 2; this.at(i, t.AssignableName); i += 2) {
      if (this.at(i + 1, t.RightParen)) return this.at(i + 2, t.Equals);
      if (!this.at(i + 1, t.Comma)) return false;
    }
    return false;
  };
  private atWildcard = (): boolean => {
    if (this.at(1, t.Star)) return true;
    const first = this.LA(1);
    return this.at(2, t.Star) && first.startOffset + first.image.length === this.LA(2).startOffset;
  };

  readonly namedExpression: Rule = this.RULE("namedExpression", () => {
    this.OPTION({
      GATE: () => this.beforeEquals() || this.atNameTuple(),
      DEF: () => {
        this.OR([
          { ALT: () => this.CONSUME(t.AssignableName) },
          {
            ALT: () => {
              this.CONSUME(t.LeftParen);
              this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME2(t.AssignableName) });
              this.CONSUME(t.RightParen);
            },
          },
        ]);
        this.CONSUME(t.Equals);
      },
    });
    this.SUBRULE(this.expression);
  });

  readonly namedExpressions: Rule = this.RULE("namedExpressions", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.namedExpression) });
  });

  /** `a`, `a*b`, `*`: the parts stand without blanks. */
  readonly pattern: Rule = this.RULE("pattern", () => {
    this.OR([{ ALT: () => this.CONSUME(t.AssignableName) }, { ALT: () => this.CONSUME(t.Star) }]);
    this.MANY({ GATE: () => this.adjacent(), DEF: () => this.SUBRULE(this.patternPart) });
  });

  readonly patternPart: Rule = this.RULE("patternPart", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.AssignableName) },
      { ALT: () => this.CONSUME(t.Star) },
      { ALT: () => this.CONSUME(t.Scalar) },
    ]);
  });

  readonly patterns: Rule = this.RULE("patterns", () => {
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.pattern) });
  });

  /** A table: a name, a path, a call, a pipe in parentheses; or several, by a name with a star. */
  readonly entity: Rule = this.RULE("entity", () => {
    this.OR({
      DEF: [
        { GATE: this.atWildcard, ALT: () => this.SUBRULE(this.pattern) },
        {
          ALT: () => {
            this.SUBRULE(this.operand);
            this.OPTION(() => this.SUBRULE(this.entityTail));
          },
        },
      ],
      IGNORE_AMBIGUITIES: true,
    });
  });

  /** The end of `database("d").Device*` from its star on, or from the dot in front of it. */
  readonly entityTail: Rule = this.RULE("entityTail", () => {
    this.OPTION(() => this.CONSUME(t.Dot));
    this.CONSUME(t.Star);
    this.MANY({ GATE: () => this.adjacent(), DEF: () => this.SUBRULE(this.patternPart) });
  });

  /** `in (A, B*)` of find and search; a name may stand before `| as n`. */
  readonly scope: Rule = this.RULE("scope", () => {
    this.CONSUME(k("in"));
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.entity) });
    this.CONSUME(t.RightParen);
  });

  readonly sortKey: Rule = this.RULE("sortKey", () => {
    this.SUBRULE(this.expression);
    this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(k("asc")) }, { ALT: () => this.CONSUME(k("desc")) }]));
    this.OPTION2(() => {
      this.CONSUME(k("nulls"));
      this.OR2([{ ALT: () => this.CONSUME(k("first")) }, { ALT: () => this.CONSUME(k("last")) }]);
    });
  });

  readonly sortKeys: Rule = this.RULE("sortKeys", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.sortKey) });
  });

  /** `kind=inner`, `hint.strategy=broadcast`, `title="x"`, `series=a, b` (only inside render's parentheses). */
  readonly setting: Rule = this.RULE("setting", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Dot, DEF: () => this.CONSUME(t.Word) });
    this.CONSUME(t.Equals);
    this.SUBRULE(this.settingValue);
  });

  readonly settingValue: Rule = this.RULE("settingValue", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Word) },
      { ALT: () => this.CONSUME(t.Text) },
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(t.Sign));
          this.CONSUME(t.Scalar);
        },
      },
    ]);
  });

  readonly settings: Rule = this.RULE("settings", () => {
    this.MANY({ GATE: this.atParameter, DEF: () => this.SUBRULE(this.setting) });
  });

  readonly knownSettings: Rule = this.RULE("knownSettings", () => {
    this.MANY({ GATE: this.atKnownParameter, DEF: () => this.SUBRULE(this.setting) });
  });

  readonly hints: Rule = this.RULE("hints", () => {
    this.MANY({ GATE: this.atHint, DEF: () => this.SUBRULE(this.setting) });
  });

  /** `( operator | operator )` */
  readonly subquery: Rule = this.RULE("subquery", () => {
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Pipe, DEF: () => this.SUBRULE(this.operator) });
    this.CONSUME(t.RightParen);
  });

  /** `(a: long, b: string = "x", T: (*))` */
  readonly parameters: Rule = this.RULE("parameters", () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.RightParen);
  });

  readonly parameter: Rule = this.RULE("parameter", () => {
    this.CONSUME(t.AssignableName);
    this.CONSUME(t.Colon);
    this.OR([{ ALT: () => this.CONSUME(t.Word) }, { ALT: () => this.SUBRULE(this.rowSchema) }]);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
  });
}
