import type { ParserOptions, Rule } from "../base.ts";
import { EOF } from "../chevrotain.ts";
import { decisions } from "./decisions.ts";
import { GraphOperatorRules } from "./graph-operators.ts";
import * as t from "./tokens.ts";

const k = t.keyword;

/**
 * The grammar of KQL. Decisions look one token ahead and use a gate where that is not enough. Each class adds the rules
 * of one theme to those below it; an operator is one rule there and one alternative of `operator` here.
 */
export class KqlParser extends GraphOperatorRules {
  constructor(options: ParserOptions) {
    super(t.vocabulary, options, decisions);
    this.performSelfAnalysis();
  }

  private atFunction = (): boolean => {
    const paren = this.at(1, k("view")) ? 2 : 1;
    if (!this.at(paren, t.LeftParen)) return false;
    return this.at(paren + 1, t.RightParen)
      ? this.at(paren + 2, t.LeftBrace)
      : this.at(paren + 1, t.AssignableName) && this.at(paren + 2, t.Colon);
  };

  readonly program: Rule = this.RULE("program", () => {
    this.SUBRULE(this.statements);
    this.CONSUME(EOF);
  });

  /** Statements with semicolons between them, and perhaps one at the end. */
  readonly statements: Rule = this.RULE("statements", () => {
    const atEnd = (offset: number): boolean =>
      this.at(offset, EOF) || this.at(offset, t.RightBrace) || this.at(offset, t.RightParen);
    this.OPTION({
      GATE: () => !atEnd(1),
      DEF: () => {
        this.SUBRULE(this.statement);
        this.MANY({
          GATE: () => !atEnd(2),
          DEF: () => {
            this.CONSUME(t.Semicolon);
            this.SUBRULE2(this.statement);
          },
        });
        this.OPTION2(() => this.CONSUME2(t.Semicolon));
      },
    });
  });

  readonly statement: Rule = this.RULE("statement", () => {
    const named = (): boolean => this.at(2, t.Word);
    this.OR({
      DEF: [
        { GATE: named, ALT: () => this.SUBRULE(this.letStatement) },
        { ALT: () => this.SUBRULE(this.setStatement) },
        { GATE: named, ALT: () => this.SUBRULE(this.declareStatement) },
        { GATE: named, ALT: () => this.SUBRULE(this.aliasStatement) },
        { GATE: named, ALT: () => this.SUBRULE(this.restrictStatement) },
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

  readonly functionLiteral: Rule = this.RULE("functionLiteral", () => {
    this.OPTION(() => this.CONSUME(k("view")));
    this.SUBRULE(this.parameters);
    this.SUBRULE(this.body);
  });

  readonly body: Rule = this.RULE("body", () => {
    this.CONSUME(t.LeftBrace);
    this.SUBRULE(this.statements);
    this.CONSUME(t.RightBrace);
  });

  readonly setStatement: Rule = this.RULE("setStatement", () => {
    this.CONSUME(k("set"));
    this.CONSUME(t.Word);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
  });

  readonly declareStatement: Rule = this.RULE("declareStatement", () => {
    this.CONSUME(k("declare"));
    this.OR([
      {
        ALT: () => {
          this.CONSUME(k("query_parameters"));
          this.SUBRULE(this.parameters);
        },
      },
      {
        ALT: () => {
          this.CONSUME(k("pattern"));
          this.CONSUME(t.Name);
          this.OPTION(() => {
            this.CONSUME(t.Equals);
            this.SUBRULE(this.patternDefinition);
          });
        },
      },
    ]);
  });

  /** `(a: string)[path: string] { ("x").["y"] = { query }; … }` */
  readonly patternDefinition: Rule = this.RULE("patternDefinition", () => {
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.columns);
    this.CONSUME(t.RightParen);
    this.OPTION(() => {
      this.CONSUME(t.LeftBracket);
      this.SUBRULE(this.column);
      this.CONSUME(t.RightBracket);
    });
    this.CONSUME(t.LeftBrace);
    this.MANY(() => this.SUBRULE(this.patternMatch));
    this.CONSUME(t.RightBrace);
  });

  readonly patternMatch: Rule = this.RULE("patternMatch", () => {
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightParen);
    this.OPTION(() => {
      this.CONSUME(t.Dot);
      this.OR([{ ALT: () => this.CONSUME(t.BracketedName) }, { ALT: () => this.SUBRULE(this.index) }]);
    });
    this.CONSUME(t.Equals);
    this.SUBRULE(this.body);
    this.CONSUME(t.Semicolon);
  });

  readonly aliasStatement: Rule = this.RULE("aliasStatement", () => {
    this.CONSUME(k("alias"));
    this.CONSUME(k("database"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  readonly restrictStatement: Rule = this.RULE("restrictStatement", () => {
    this.CONSUME(k("restrict"));
    this.CONSUME(k("access"));
    this.CONSUME(k("to"));
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.entity) });
    this.CONSUME(t.RightParen);
  });

  readonly source: Rule = this.RULE("source", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.print) },
      { ALT: () => this.SUBRULE(this.union) },
      { ALT: () => this.SUBRULE(this.range) },
      { ALT: () => this.SUBRULE(this.search) },
      { ALT: () => this.SUBRULE(this.find) },
      { ALT: () => this.SUBRULE(this.evaluate) },
      { ALT: () => this.SUBRULE(this.macroExpand) },
    ]);
  });

  readonly operator: Rule = this.RULE("operator", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.where) },
      { ALT: () => this.SUBRULE(this.extend) },
      { ALT: () => this.SUBRULE(this.project) },
      { ALT: () => this.SUBRULE(this.projectAway) },
      { ALT: () => this.SUBRULE(this.projectKeep) },
      { ALT: () => this.SUBRULE(this.projectRename) },
      { ALT: () => this.SUBRULE(this.projectReorder) },
      { ALT: () => this.SUBRULE(this.projectByNames) },
      { ALT: () => this.SUBRULE(this.summarize) },
      { ALT: () => this.SUBRULE(this.makeSeries) },
      { ALT: () => this.SUBRULE(this.sort) },
      { ALT: () => this.SUBRULE(this.top) },
      { ALT: () => this.SUBRULE(this.topNested) },
      { ALT: () => this.SUBRULE(this.topHitters) },
      { ALT: () => this.SUBRULE(this.take) },
      { ALT: () => this.SUBRULE(this.sample) },
      { ALT: () => this.SUBRULE(this.sampleDistinct) },
      { ALT: () => this.SUBRULE(this.count) },
      { ALT: () => this.SUBRULE(this.distinct) },
      { ALT: () => this.SUBRULE(this.mvExpand) },
      { ALT: () => this.SUBRULE(this.mvApply) },
      { ALT: () => this.SUBRULE(this.parse) },
      { ALT: () => this.SUBRULE(this.parseKv) },
      { ALT: () => this.SUBRULE(this.evaluate) },
      { ALT: () => this.SUBRULE(this.invoke) },
      { ALT: () => this.SUBRULE(this.union) },
      { ALT: () => this.SUBRULE(this.join) },
      { ALT: () => this.SUBRULE(this.search) },
      { ALT: () => this.SUBRULE(this.find) },
      { ALT: () => this.SUBRULE(this.print) },
      { ALT: () => this.SUBRULE(this.range) },
      { ALT: () => this.SUBRULE(this.partition) },
      { ALT: () => this.SUBRULE(this.fork) },
      { ALT: () => this.SUBRULE(this.facet) },
      { ALT: () => this.SUBRULE(this.scan) },
      { ALT: () => this.SUBRULE(this.reduce) },
      { ALT: () => this.SUBRULE(this.as) },
      { ALT: () => this.SUBRULE(this.render) },
      { ALT: () => this.SUBRULE(this.serialize) },
      { ALT: () => this.SUBRULE(this.consumeAll) },
      { ALT: () => this.SUBRULE(this.getschema) },
      { ALT: () => this.SUBRULE(this.assertSchema) },
      { ALT: () => this.SUBRULE(this.executeAndCache) },
      { ALT: () => this.SUBRULE(this.macroExpand) },
      { ALT: () => this.SUBRULE(this.makeGraph) },
      { ALT: () => this.SUBRULE(this.graphMatch) },
      { ALT: () => this.SUBRULE(this.graphToTable) },
      { ALT: () => this.SUBRULE(this.graphMarkComponents) },
      { ALT: () => this.SUBRULE(this.graphWhere) },
    ]);
  });
}
