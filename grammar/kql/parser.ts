import type { CstNode, IParserErrorMessageProvider, ParserMethod, TokenType } from "chevrotain";
import { CstParser, EOF, tokenMatcher } from "../chevrotain.ts";
import { lazyLookahead } from "../lookahead.ts";
import * as t from "./tokens.ts";

type Rule = ParserMethod<[], CstNode>;
const k = t.keyword;

/** How many more errors a parse may find; an error is costly, and after some dozens of them they say nothing. */
export interface ErrorBudget {
  left: number;
}
/** Ends a parse that has used up its errors. */
export class TooManyErrors extends Error {}

/** An error's message is the name of the token type that was expected, "" where several were; readers make the text. */
function expectedNames(budget: ErrorBudget): IParserErrorMessageProvider {
  const spend = (name: string): string => {
    if (--budget.left < 0) throw new TooManyErrors();
    return name;
  };
  return {
    buildMismatchTokenMessage: ({ expected }) => spend(expected.name),
    buildNotAllInputParsedMessage: () => spend("EOF"),
    buildNoViableAltMessage: () => spend(""),
    buildEarlyExitMessage: () => spend(""),
  };
}

export interface KqlParserOptions {
  /** Go on behind an error. Without it a parse ends at its first error, and the parser is built in less time. */
  readonly recover: boolean;
  readonly budget: ErrorBudget;
  /** Chevrotain's checks of the grammar. */
  readonly validate: boolean;
}

/**
 * The grammar of KQL. Decisions look one token ahead and use a gate where that is not enough; infix operators are one
 * flat list of operands and operators, their binding is worked out by the reader of the tree.
 * An operator is one alternative of `operator` and one rule.
 */
export class KqlParser extends CstParser {
  constructor({ recover, budget, validate }: KqlParserOptions) {
    super(t.vocabulary, {
      recoveryEnabled: recover,
      maxLookahead: 1,
      lookaheadStrategy: lazyLookahead(),
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: expectedNames(budget),
      skipValidations: !validate,
    });
    this.performSelfAnalysis();
  }

  private at(offset: number, type: TokenType): boolean {
    return tokenMatcher(this.LA(offset), type);
  }
  /** The next token follows the one before it without a blank. */
  private adjacent(): boolean {
    const before = this.LA(0);
    return before.startOffset + before.image.length === this.LA(1).startOffset;
  }
  private beforeEquals = (): boolean => this.at(2, t.Equals);
  private atParameter = (): boolean => this.at(2, t.Equals) || this.atHint();
  private atHint = (): boolean => this.at(1, k("hint")) && this.at(2, t.Dot);
  /** `(a, b) =` */
  private atNameTuple = (): boolean => {
    if (!this.at(1, t.LeftParen)) return false;
    for (let i = 2; this.at(i, t.AssignableName); i += 2) {
      if (this.at(i + 1, t.RightParen)) return this.at(i + 2, t.Equals);
      if (!this.at(i + 1, t.Comma)) return false;
    }
    return false;
  };
  private atFunction = (): boolean => {
    const paren = this.at(1, k("view")) ? 2 : 1;
    if (!this.at(paren, t.LeftParen)) return false;
    return this.at(paren + 1, t.RightParen)
      ? this.at(paren + 2, t.LeftBrace)
      : this.at(paren + 1, t.AssignableName) && this.at(paren + 2, t.Colon);
  };
  private atWildcard = (): boolean => {
    if (this.at(1, t.Star)) return true;
    const first = this.LA(1);
    return this.at(2, t.Star) && first.startOffset + first.image.length === this.LA(2).startOffset;
  };

  // Statements

  readonly program: Rule = this.RULE("program", () => {
    this.SUBRULE(this.statements);
    this.CONSUME(EOF);
  });

  readonly statements: Rule = this.RULE("statements", () => {
    this.OPTION({ GATE: () => !this.at(1, EOF) && !this.at(1, t.RightBrace), DEF: () => this.SUBRULE(this.statement) });
    this.MANY({
      GATE: () => !this.at(2, EOF) && !this.at(2, t.RightBrace),
      DEF: () => {
        this.CONSUME(t.Semicolon);
        this.SUBRULE2(this.statement);
      },
    });
    this.OPTION2(() => this.CONSUME2(t.Semicolon));
  });

  readonly statement: Rule = this.RULE("statement", () => {
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.letStatement) },
        { ALT: () => this.SUBRULE(this.setStatement) },
        { GATE: () => this.at(2, t.Word), ALT: () => this.SUBRULE(this.unreadStatement) },
        { ALT: () => this.SUBRULE(this.pipeline) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
  });

  readonly letStatement: Rule = this.RULE("letStatement", () => {
    this.CONSUME(k("let"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.OR({
      DEF: [
        { GATE: this.atFunction, ALT: () => this.SUBRULE(this.functionLiteral) },
        { ALT: () => this.SUBRULE(this.pipeline) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
  });

  readonly setStatement: Rule = this.RULE("setStatement", () => {
    this.CONSUME(k("set"));
    this.CONSUME(t.Word);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
  });

  readonly unreadStatement: Rule = this.RULE("unreadStatement", () => {
    this.CONSUME(t.UnreadStatement);
    this.SUBRULE(this.skipped);
  });

  readonly functionLiteral: Rule = this.RULE("functionLiteral", () => {
    this.OPTION(() => this.CONSUME(k("view")));
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.RightParen);
    this.CONSUME(t.LeftBrace);
    this.SUBRULE(this.statements);
    this.CONSUME(t.RightBrace);
  });

  readonly parameter: Rule = this.RULE("parameter", () => {
    this.CONSUME(t.AssignableName);
    this.CONSUME(t.Colon);
    this.OR([
      { ALT: () => this.CONSUME(t.Word) },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.OR2([{ ALT: () => this.CONSUME(t.Star) }, { ALT: () => this.SUBRULE(this.columns) }]);
          this.CONSUME(t.RightParen);
        },
      },
    ]);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
  });

  /** `a: long, ['b c']: string`, in a parameter also with a `*` at the end. */
  readonly columns: Rule = this.RULE("columns", () => {
    this.SUBRULE(this.column);
    this.MANY({
      GATE: () => !this.at(2, t.Star),
      DEF: () => {
        this.CONSUME(t.Comma);
        this.SUBRULE2(this.column);
      },
    });
    this.OPTION(() => {
      this.CONSUME2(t.Comma);
      this.CONSUME(t.Star);
    });
  });

  readonly column: Rule = this.RULE("column", () => {
    this.CONSUME(t.AssignableName);
    this.CONSUME(t.Colon);
    this.CONSUME(t.Word);
  });

  // Expressions

  /** An expression, or a source of rows with its operators. */
  readonly pipeline: Rule = this.RULE("pipeline", () => {
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.print) },
        { ALT: () => this.SUBRULE(this.union) },
        { GATE: () => this.at(3, k("from")), ALT: () => this.SUBRULE(this.range) },
        { ALT: () => this.SUBRULE(this.unreadSource) },
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
    this.MANY(() =>
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
    );
  });

  readonly inTail: Rule = this.RULE("inTail", () => {
    this.CONSUME(t.InOperator);
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.pipeline) });
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
        { GATE: () => this.at(2, t.LeftParen), ALT: () => this.SUBRULE(this.datatable) },
        { GATE: () => this.at(2, t.LeftParen), ALT: () => this.SUBRULE(this.typeof) },
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
            this.CONSUME(t.AssignableName);
            this.OPTION2(() => this.SUBRULE(this.arguments));
          },
        },
      ],
      IGNORE_AMBIGUITIES: true,
    });
    this.MANY(() => this.SUBRULE(this.access));
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

  readonly index: Rule = this.RULE("index", () => {
    this.CONSUME(t.LeftBracket);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightBracket);
  });

  readonly arguments: Rule = this.RULE("arguments", () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.argument) });
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
    this.SUBRULE(this.pipeline);
  });

  readonly typeof: Rule = this.RULE("typeof", () => {
    this.CONSUME(k("typeof"));
    this.CONSUME(t.LeftParen);
    this.OR({
      DEF: [
        { GATE: () => this.at(2, t.Colon), ALT: () => this.SUBRULE(this.columns) },
        { ALT: () => this.CONSUME(t.Word) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
    this.CONSUME(t.RightParen);
  });

  readonly datatable: Rule = this.RULE("datatable", () => {
    this.CONSUME(k("datatable"));
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.columns);
    this.CONSUME(t.RightParen);
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

  // Parts that several operators share

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
    this.MANY({
      GATE: () => this.adjacent(),
      DEF: () =>
        this.OR2([
          { ALT: () => this.CONSUME2(t.AssignableName) },
          { ALT: () => this.CONSUME2(t.Star) },
          { ALT: () => this.CONSUME(t.Scalar) },
        ]),
    });
  });

  readonly patterns: Rule = this.RULE("patterns", () => {
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.pattern) });
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

  readonly hints: Rule = this.RULE("hints", () => {
    this.MANY({ GATE: this.atHint, DEF: () => this.SUBRULE(this.setting) });
  });

  // Operators

  readonly operator: Rule = this.RULE("operator", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.where) },
      { ALT: () => this.SUBRULE(this.extend) },
      { ALT: () => this.SUBRULE(this.project) },
      { ALT: () => this.SUBRULE(this.projectAway) },
      { ALT: () => this.SUBRULE(this.projectKeep) },
      { ALT: () => this.SUBRULE(this.projectRename) },
      { ALT: () => this.SUBRULE(this.projectReorder) },
      { ALT: () => this.SUBRULE(this.summarize) },
      { ALT: () => this.SUBRULE(this.sort) },
      { ALT: () => this.SUBRULE(this.top) },
      { ALT: () => this.SUBRULE(this.take) },
      { ALT: () => this.SUBRULE(this.count) },
      { ALT: () => this.SUBRULE(this.distinct) },
      { ALT: () => this.SUBRULE(this.mvExpand) },
      { ALT: () => this.SUBRULE(this.mvApply) },
      { ALT: () => this.SUBRULE(this.parse) },
      { ALT: () => this.SUBRULE(this.union) },
      { ALT: () => this.SUBRULE(this.join) },
      { ALT: () => this.SUBRULE(this.print) },
      { ALT: () => this.SUBRULE(this.as) },
      { ALT: () => this.SUBRULE(this.render) },
      { ALT: () => this.SUBRULE(this.serialize) },
      { ALT: () => this.SUBRULE(this.unreadOperator) },
    ]);
  });

  readonly where: Rule = this.RULE("where", () => {
    this.OR([{ ALT: () => this.CONSUME(k("where")) }, { ALT: () => this.CONSUME(k("filter")) }]);
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

  readonly sort: Rule = this.RULE("sort", () => {
    this.OR([{ ALT: () => this.CONSUME(k("sort")) }, { ALT: () => this.CONSUME(k("order")) }]);
    this.CONSUME(k("by"));
    this.SUBRULE(this.sortKeys);
  });

  readonly top: Rule = this.RULE("top", () => {
    this.CONSUME(k("top"));
    this.SUBRULE(this.expression);
    this.CONSUME(k("by"));
    this.SUBRULE(this.sortKey);
  });

  readonly take: Rule = this.RULE("take", () => {
    this.OR([{ ALT: () => this.CONSUME(k("take")) }, { ALT: () => this.CONSUME(k("limit")) }]);
    this.SUBRULE(this.expression);
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
    this.MANY({
      GATE: () =>
        this.atHint() ||
        (this.beforeEquals() &&
          (this.at(1, k("kind")) || this.at(1, k("bagexpansion")) || this.at(1, k("with_itemindex")))),
      DEF: () => this.SUBRULE(this.setting),
    });
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

  readonly mvApply: Rule = this.RULE("mvApply", () => {
    this.OR([{ ALT: () => this.CONSUME(k("mv-apply")) }, { ALT: () => this.CONSUME(k("mvapply")) }]);
    this.SUBRULE(this.expansion);
    this.CONSUME(k("on"));
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Pipe, DEF: () => this.SUBRULE(this.operator) });
    this.CONSUME(t.RightParen);
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

  readonly union: Rule = this.RULE("union", () => {
    this.CONSUME(k("union"));
    this.SUBRULE(this.settings);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.unionTable) });
  });

  readonly unionTable: Rule = this.RULE("unionTable", () => {
    this.OR({
      DEF: [
        { GATE: this.atWildcard, ALT: () => this.SUBRULE(this.pattern) },
        { ALT: () => this.SUBRULE(this.operand) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
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
    this.OPTION(() => this.SUBRULE(this.namedExpressions));
  });

  // What is not read yet

  readonly unreadOperator: Rule = this.RULE("unreadOperator", () => {
    this.CONSUME(t.UnreadOperator);
    this.SUBRULE(this.skipped);
  });

  readonly unreadSource: Rule = this.RULE("unreadSource", () => {
    this.CONSUME(t.UnreadSource);
    this.SUBRULE(this.skipped);
  });

  readonly skipped: Rule = this.RULE("skipped", () => {
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(t.Filler) }, { ALT: () => this.SUBRULE(this.skippedGroup) }]));
  });

  readonly skippedGroup: Rule = this.RULE("skippedGroup", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.LeftParen) },
      { ALT: () => this.CONSUME(t.LeftBracket) },
      { ALT: () => this.CONSUME(t.LeftBrace) },
    ]);
    this.MANY(() =>
      this.OR2([
        { ALT: () => this.CONSUME(t.Filler) },
        { ALT: () => this.CONSUME(t.Pipe) },
        { ALT: () => this.CONSUME(t.Semicolon) },
        { ALT: () => this.SUBRULE(this.skippedGroup) },
      ]),
    );
    this.OR3([
      { ALT: () => this.CONSUME(t.RightParen) },
      { ALT: () => this.CONSUME(t.RightBracket) },
      { ALT: () => this.CONSUME(t.RightBrace) },
    ]);
  });
}
