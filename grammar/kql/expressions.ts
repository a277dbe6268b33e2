import { GrammarParser, type Rule } from "../base.ts";
import * as t from "./tokens.ts";

const k = t.keyword;

/**
 * Expressions, tables and values alike: only analysis knows which a name is. Infix operators are one flat list of
 * operands and operators; their binding is worked out by the reader of the tree.
 */
export abstract class ExpressionRules extends GrammarParser {
  protected abstract readonly operator: Rule;
  /** The operators that bring their own rows, at the start of a query. */
  protected abstract readonly source: Rule;
  protected abstract readonly setting: Rule;

  protected beforeEquals = (): boolean => this.at(2, t.Equals);
  protected beforeParen = (): boolean => this.at(2, t.LeftParen);
  protected atHint = (): boolean => this.at(1, k("hint")) && this.at(2, t.Dot);
  /** The keyword begins a query, and is not the name of a table. */
  private atSource = (): boolean => {
    if (this.at(1, k("range"))) return this.at(3, k("from"));
    if (this.at(1, k("evaluate"))) return this.at(2, t.Word);
    return true;
  };

  private behindRowFunction = (): boolean =>
    this.at(-1, k("materialize")) || this.at(-1, k("toscalar")) || this.at(-1, k("totable"));

  /** An expression, or a source of rows with its operators. */
  readonly pipeline: Rule = this.RULE("pipeline", () => {
    this.OR({
      DEF: [
        { GATE: this.atSource, ALT: () => this.SUBRULE(this.source) },
        { ALT: () => this.SUBRULE(this.expression) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
    this.MANY(() => {
      this.CONSUME(t.Pipe);
      this.SUBRULE(this.operator);
    });
  });

  readonly expression: Rule = this.RULE("expression", () => {
    this.SUBRULE(this.operand);
    this.MANY({
      // `in range(…)` belongs to make-series
      GATE: () => !(this.at(1, k("in")) && this.at(2, k("range"))),
      DEF: () =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(t.BinaryOperator);
              this.SUBRULE2(this.operand);
            },
          },
          { ALT: () => this.SUBRULE(this.inTail) },
          { ALT: () => this.SUBRULE(this.betweenTail) },
        ]),
    });
  });

  readonly inTail: Rule = this.RULE("inTail", () => {
    this.CONSUME(t.InOperator);
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.pipeline);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE(this.expression);
    });
    this.CONSUME(t.RightParen);
  });

  readonly betweenTail: Rule = this.RULE("betweenTail", () => {
    this.CONSUME(t.BetweenOperator);
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.DotDot);
    this.SUBRULE2(this.expression);
    this.CONSUME(t.RightParen);
  });

  /** A value with its sign, its arguments and the path that follows. */
  readonly operand: Rule = this.RULE("operand", () => {
    this.OPTION(() => this.CONSUME(t.Sign));
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.Scalar) },
        { ALT: () => this.AT_LEAST_ONE(() => this.CONSUME(t.Text)) },
        { ALT: () => this.SUBRULE(this.dynamic) },
        { GATE: this.beforeParen, ALT: () => this.SUBRULE(this.datatable) },
        { GATE: this.beforeParen, ALT: () => this.SUBRULE(this.externaldata) },
        { GATE: this.beforeParen, ALT: () => this.SUBRULE(this.typeof) },
        { GATE: () => this.at(2, t.LeftBracket), ALT: () => this.SUBRULE(this.entityGroup) },
        { ALT: () => this.CONSUME(t.Star) },
        {
          ALT: () => {
            this.CONSUME(t.LeftParen);
            this.SUBRULE(this.pipeline);
            this.CONSUME(t.RightParen);
          },
        },
        {
          GATE: () => this.at(1, t.Name) || this.at(2, t.LeftParen),
          ALT: () => {
            this.CONSUME(t.CallableName);
            this.OPTION2(() => this.SUBRULE(this.arguments));
          },
        },
      ],
      IGNORE_AMBIGUITIES: true,
    });
    this.MANY({
      GATE: () => !(this.at(1, t.Dot) && this.at(2, t.Star)),
      DEF: () => this.SUBRULE(this.access),
    });
  });

  readonly access: Rule = this.RULE("access", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Dot);
          this.OR2([
            {
              ALT: () => {
                this.CONSUME(t.Word);
                this.OPTION(() => this.SUBRULE(this.arguments));
              },
            },
            { ALT: () => this.SUBRULE(this.index) },
          ]);
        },
      },
      { ALT: () => this.CONSUME(t.BracketedName) },
      { ALT: () => this.SUBRULE2(this.index) },
    ]);
  });

  /** `a`, `a.b["c"]`: a column without calls, where a parenthesis after it is something else. */
  readonly path: Rule = this.RULE("path", () => {
    this.CONSUME(t.Name);
    this.MANY(() => this.SUBRULE(this.step));
  });

  readonly step: Rule = this.RULE("step", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Dot);
          this.OR2([{ ALT: () => this.CONSUME(t.Word) }, { ALT: () => this.SUBRULE(this.index) }]);
        },
      },
      { ALT: () => this.CONSUME(t.BracketedName) },
      { ALT: () => this.SUBRULE2(this.index) },
    ]);
  });

  readonly index: Rule = this.RULE("index", () => {
    this.CONSUME(t.LeftBracket);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightBracket);
  });

  /** A pipe stands in them without parentheses only where the function takes rows. */
  readonly arguments: Rule = this.RULE("arguments", () => {
    this.CONSUME(t.LeftParen);
    this.OR({
      DEF: [
        { GATE: this.behindRowFunction, ALT: () => this.SUBRULE(this.pipeline) },
        { ALT: () => this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.argument) }) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
    this.CONSUME(t.RightParen);
  });

  readonly argument: Rule = this.RULE("argument", () => {
    this.OPTION({
      GATE: this.beforeEquals,
      DEF: () => {
        this.CONSUME(t.AssignableName);
        this.CONSUME(t.Equals);
      },
    });
    this.SUBRULE(this.expression);
  });

  /** `name(…)`, alone. */
  readonly call: Rule = this.RULE("call", () => {
    this.CONSUME(t.CallableName);
    this.SUBRULE(this.arguments);
  });

  readonly typeof: Rule = this.RULE("typeof", () => {
    this.CONSUME(k("typeof"));
    this.CONSUME(t.LeftParen);
    this.OR({
      DEF: [
        { GATE: () => this.at(2, t.Colon), ALT: () => this.SUBRULE(this.columns) },
        {
          ALT: () => {
            this.CONSUME(t.Star);
            this.OPTION(() => {
              this.CONSUME(t.Comma);
              this.SUBRULE2(this.columns);
            });
          },
        },
        { ALT: () => this.CONSUME(t.Word) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
    this.CONSUME(t.RightParen);
  });

  /** `a: long, ['b c']: string`; a comma may stand at the end. */
  readonly columns: Rule = this.RULE("columns", () => {
    this.SUBRULE(this.column);
    this.MANY({
      GATE: () => this.at(2, t.AssignableName) || !(this.at(2, t.Star) || this.at(2, t.RightParen)),
      DEF: () => {
        this.CONSUME(t.Comma);
        this.SUBRULE2(this.column);
      },
    });
    this.OPTION({
      GATE: () => this.at(2, t.RightParen),
      DEF: () => this.CONSUME2(t.Comma),
    });
  });

  readonly column: Rule = this.RULE("column", () => {
    this.CONSUME(t.AssignableName);
    this.CONSUME(t.Colon);
    this.CONSUME(t.Word);
  });

  /** `(a: long, b: string)`, `(*)`, `(*, a: long)`, `(a: long, *)`. */
  readonly rowSchema: Rule = this.RULE("rowSchema", () => {
    this.CONSUME(t.LeftParen);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Star);
          this.OPTION(() => {
            this.CONSUME(t.Comma);
            this.SUBRULE(this.columns);
          });
        },
      },
      {
        ALT: () => {
          this.SUBRULE2(this.columns);
          this.OPTION2(() => {
            this.CONSUME2(t.Comma);
            this.CONSUME2(t.Star);
          });
        },
      },
    ]);
    this.CONSUME(t.RightParen);
  });

  readonly datatable: Rule = this.RULE("datatable", () => {
    this.CONSUME(k("datatable"));
    this.CONSUME(t.LeftParen);
    this.OPTION(() => this.SUBRULE(this.columns));
    this.CONSUME(t.RightParen);
    this.SUBRULE(this.values);
  });

  readonly externaldata: Rule = this.RULE("externaldata", () => {
    this.OR([{ ALT: () => this.CONSUME(k("externaldata")) }, { ALT: () => this.CONSUME(k("external_data")) }]);
    this.CONSUME(t.LeftParen);
    this.OPTION(() => this.SUBRULE(this.columns));
    this.CONSUME(t.RightParen);
    this.SUBRULE(this.values);
    this.OPTION2({
      GATE: () => this.at(2, t.LeftParen) && !this.at(3, k("step")),
      DEF: () => {
        this.CONSUME(k("with"));
        this.SUBRULE(this.properties);
      },
    });
  });

  /** `[1, "a", …]`; a comma may stand at the end. */
  readonly values: Rule = this.RULE("values", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.BracketedName) },
      {
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          this.OPTION({
            GATE: () => !this.at(1, t.RightBracket),
            DEF: () => this.SUBRULE(this.expression),
          });
          this.MANY({
            GATE: () => !this.at(2, t.RightBracket),
            DEF: () => {
              this.CONSUME(t.Comma);
              this.SUBRULE2(this.expression);
            },
          });
          this.OPTION2(() => this.CONSUME2(t.Comma));
          this.CONSUME(t.RightBracket);
        },
      },
    ]);
  });

  /** `(format="csv", a=1)` */
  readonly properties: Rule = this.RULE("properties", () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.setting) });
    this.CONSUME(t.RightParen);
  });

  readonly entityGroup: Rule = this.RULE("entityGroup", () => {
    this.CONSUME(k("entity_group"));
    this.CONSUME(t.LeftBracket);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.operand) });
    this.CONSUME(t.RightBracket);
  });

  readonly dynamic: Rule = this.RULE("dynamic", () => {
    this.CONSUME(k("dynamic"));
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.json);
    this.CONSUME(t.RightParen);
  });

  readonly json: Rule = this.RULE("json", () => {
    this.OR([
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(t.Minus));
          this.CONSUME(t.Scalar);
        },
      },
      { ALT: () => this.AT_LEAST_ONE(() => this.CONSUME(t.Text)) },
      { ALT: () => this.CONSUME(k("null")) },
      { ALT: () => this.CONSUME(t.BracketedName) },
      { ALT: () => this.SUBRULE(this.dynamic) },
      {
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.json) });
          this.CONSUME(t.RightBracket);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftBrace);
          this.MANY_SEP2({ SEP: t.Comma, DEF: () => this.SUBRULE(this.jsonMember) });
          this.CONSUME(t.RightBrace);
        },
      },
    ]);
  });

  readonly jsonMember: Rule = this.RULE("jsonMember", () => {
    this.CONSUME(t.Text);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.json);
  });
}
