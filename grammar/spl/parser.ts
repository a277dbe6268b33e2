import { GrammarParser, type ParserOptions, type Rule } from "../base.ts";
import { EOF } from "../chevrotain.ts";
import { decisions } from "./decisions.ts";
import * as t from "./tokens.ts";

const command = t.commandType;

/**
 * The grammar of SPL. The lexer has told commands and their words apart, so that decisions look one token ahead and use a
 * gate where that is not enough. Most commands are lists of options, names and calls, whose meaning is worked out by the
 * reader of the tree; so is the binding of operators, which are one flat list.
 */
export class SplParser extends GrammarParser {
  constructor(options: ParserOptions) {
    super(t.vocabulary, options, decisions);
    this.performSelfAnalysis();
  }

  // Pipelines

  readonly program: Rule = this.RULE("program", () => {
    this.OPTION({
      GATE: () => !this.at(1, t.Pipe),
      DEF: () => this.SUBRULE(this.first),
    });
    this.MANY(() => {
      this.CONSUME(t.Pipe);
      this.SUBRULE(this.command);
    });
    this.CONSUME(EOF);
  });

  /** The terms with which a search begins; the name of the command is implied. */
  readonly first: Rule = this.RULE("first", () => {
    this.OPTION(() => this.CONSUME(command("search")));
    this.SUBRULE(this.terms);
  });

  readonly subsearch: Rule = this.RULE("subsearch", () => {
    this.CONSUME(t.LeftBracket);
    this.OPTION(() => this.CONSUME(t.Pipe));
    this.SUBRULE(this.command);
    this.MANY(() => {
      this.CONSUME2(t.Pipe);
      this.SUBRULE2(this.command);
    });
    this.CONSUME(t.RightBracket);
  });

  readonly command: Rule = this.RULE("command", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.search) },
      { ALT: () => this.SUBRULE(this.where) },
      { ALT: () => this.SUBRULE(this.eval) },
      { ALT: () => this.SUBRULE(this.headWhile) },
      { ALT: () => this.SUBRULE(this.stats) },
      { ALT: () => this.SUBRULE(this.tstats) },
      { ALT: () => this.SUBRULE(this.chart) },
      { ALT: () => this.SUBRULE(this.lookup) },
      { ALT: () => this.SUBRULE(this.inputlookup) },
      { ALT: () => this.SUBRULE(this.dedup) },
      { ALT: () => this.SUBRULE(this.top) },
      { ALT: () => this.SUBRULE(this.regex) },
      { ALT: () => this.SUBRULE(this.replace) },
      { ALT: () => this.SUBRULE(this.transaction) },
      { ALT: () => this.SUBRULE(this.listed) },
      { ALT: () => this.SUBRULE(this.kept) },
      { ALT: () => this.SUBRULE(this.macroStage) },
    ]);
  });

  // Conditions of the search language

  readonly search: Rule = this.RULE("search", () => {
    this.CONSUME(command("search"));
    this.SUBRULE(this.terms);
  });

  readonly terms: Rule = this.RULE("terms", () => {
    this.SUBRULE(this.term);
    this.MANY(() => {
      this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(t.And) }, { ALT: () => this.CONSUME(t.Or) }]));
      this.SUBRULE2(this.term);
    });
  });

  readonly term: Rule = this.RULE("term", () => {
    this.MANY(() => this.CONSUME(t.Not));
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE(this.terms);
          this.CONSUME(t.RightParen);
        },
      },
      { ALT: () => this.SUBRULE(this.subsearch) },
      { ALT: () => this.CONSUME(t.MacroToken) },
      { ALT: () => this.SUBRULE(this.directive) },
      {
        ALT: () => {
          this.SUBRULE(this.name);
          this.OPTION(() =>
            this.OR2([
              {
                ALT: () => {
                  this.OR3([{ ALT: () => this.CONSUME(t.Equals) }, { ALT: () => this.CONSUME(t.Comparison) }]);
                  this.SUBRULE(this.comparedValue);
                },
              },
              { ALT: () => this.SUBRULE(this.list) },
            ]),
          );
        },
      },
    ]);
  });

  readonly comparedValue: Rule = this.RULE("comparedValue", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.value) },
      { ALT: () => this.CONSUME(t.MacroToken) },
      { ALT: () => this.SUBRULE(this.directive) },
      { ALT: () => this.SUBRULE(this.subsearch) },
    ]);
  });

  readonly list: Rule = this.RULE("list", () => {
    this.CONSUME(t.In);
    this.CONSUME(t.LeftParen);
    this.OR([
      { ALT: () => this.CONSUME(t.MacroToken) },
      { ALT: () => this.SUBRULE(this.subsearch) },
      {
        ALT: () =>
          this.AT_LEAST_ONE(() =>
            this.OR2([{ ALT: () => this.CONSUME(t.Comma) }, { ALT: () => this.SUBRULE(this.name) }]),
          ),
      },
    ]);
    this.CONSUME(t.RightParen);
  });

  readonly directive: Rule = this.RULE("directive", () => {
    this.CONSUME(t.Directive);
    this.CONSUME(t.LeftParen);
    this.MANY({ GATE: () => !this.at(1, t.RightParen), DEF: () => this.CONSUME(t.Filler) });
    this.CONSUME(t.RightParen);
  });

  /** A word or a text. */
  readonly name: Rule = this.RULE("name", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Word) }, { ALT: () => this.CONSUME(t.StringToken) }]);
  });

  /** A word or a text; what looks like a call is a word with parentheses: `now()`. */
  readonly value: Rule = this.RULE("value", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.StringToken) },
      {
        ALT: () => {
          this.CONSUME(t.Word);
          this.OPTION({
            GATE: () => this.adjacent(),
            DEF: () => this.SUBRULE(this.parenthesized),
          });
        },
      },
    ]);
  });

  readonly parenthesized: Rule = this.RULE("parenthesized", () => {
    this.CONSUME(t.LeftParen);
    this.MANY({
      GATE: () => !this.at(1, t.RightParen),
      DEF: () =>
        this.OR({
          DEF: [
            { GATE: () => this.at(1, t.LeftParen), ALT: () => this.SUBRULE(this.parenthesized) },
            { ALT: () => this.CONSUME(t.Filler) },
          ],
          IGNORE_AMBIGUITIES: true,
        }),
    });
    this.CONSUME(t.RightParen);
  });

  // Expressions of eval

  readonly where: Rule = this.RULE("where", () => {
    this.CONSUME(t.Where);
    this.SUBRULE(this.expression);
  });

  readonly eval: Rule = this.RULE("eval", () => {
    this.CONSUME(t.Eval);
    this.SUBRULE(this.assignment);
    this.MANY({
      GATE: () => !this.at(2, t.Pipe) && !this.at(2, EOF),
      DEF: () => {
        this.CONSUME(t.Comma);
        this.SUBRULE2(this.assignment);
      },
    });
    this.OPTION(() => this.CONSUME2(t.Comma));
  });

  readonly headWhile: Rule = this.RULE("headWhile", () => {
    this.CONSUME(t.HeadWhile);
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
    this.MANY(() => {
      this.CONSUME(t.Identifier);
      this.CONSUME(t.Equals);
      this.OR([{ ALT: () => this.CONSUME2(t.Identifier) }, { ALT: () => this.CONSUME(t.NumberToken) }]);
    });
  });

  readonly assignment: Rule = this.RULE("assignment", () => {
    this.SUBRULE(this.target);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  readonly target: Rule = this.RULE("target", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.StringToken) },
      {
        ALT: () => {
          this.CONSUME(t.TargetPiece);
          this.MANY({ GATE: () => this.adjacent(), DEF: () => this.CONSUME2(t.TargetPiece) });
        },
      },
    ]);
  });

  readonly expression: Rule = this.RULE("expression", () => {
    this.SUBRULE(this.operand);
    this.MANY(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.InfixOperator);
            this.SUBRULE2(this.operand);
          },
        },
        { ALT: () => this.SUBRULE(this.inTail) },
      ]),
    );
  });

  readonly inTail: Rule = this.RULE("inTail", () => {
    this.CONSUME(t.In);
    this.SUBRULE(this.arguments);
  });

  readonly operand: Rule = this.RULE("operand", () => {
    this.MANY(() =>
      this.OR([
        { ALT: () => this.CONSUME(t.Not) },
        { ALT: () => this.CONSUME(t.Minus) },
        { ALT: () => this.CONSUME(t.Plus) },
      ]),
    );
    this.OR2([
      { ALT: () => this.CONSUME(t.NumberToken) },
      {
        ALT: () => {
          this.CONSUME(t.Dot);
          this.CONSUME2(t.NumberToken);
        },
      },
      { ALT: () => this.CONSUME(t.StringToken) },
      { ALT: () => this.CONSUME(t.QuotedName) },
      { ALT: () => this.CONSUME(t.Template) },
      { ALT: () => this.CONSUME(t.MacroToken) },
      { ALT: () => this.SUBRULE(this.subsearch) },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE(this.expression);
          this.CONSUME(t.RightParen);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Identifier);
          this.OPTION(() => this.SUBRULE(this.arguments));
        },
      },
      {
        ALT: () => {
          this.OR3([
            { ALT: () => this.CONSUME(t.In) },
            { ALT: () => this.CONSUME(t.Like) },
            { ALT: () => this.CONSUME(t.Xor) },
          ]);
          this.SUBRULE2(this.arguments);
        },
      },
    ]);
  });

  readonly arguments: Rule = this.RULE("arguments", () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightParen);
  });

  // Lists of options, names and calls

  readonly items: Rule = this.RULE("items", () => {
    this.MANY(() => this.SUBRULE(this.item));
  });

  readonly item: Rule = this.RULE("item", () => {
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.Comma) },
        { GATE: () => this.at(2, t.Equals), ALT: () => this.SUBRULE(this.setting) },
        { ALT: () => this.SUBRULE(this.named) },
        { ALT: () => this.SUBRULE(this.subsearch) },
        { ALT: () => this.CONSUME(t.MacroToken) },
        { ALT: () => this.SUBRULE(this.alias) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
  });

  readonly setting: Rule = this.RULE("setting", () => {
    this.CONSUME(t.Word);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.value);
  });

  /** `as name` behind an option. */
  readonly alias: Rule = this.RULE("alias", () => {
    this.CONSUME(t.As);
    this.SUBRULE(this.name);
  });

  /** `name`, `f(name)`, `f(eval(…))`, `eval(…)`, each with `as name`. */
  readonly named: Rule = this.RULE("named", () => {
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.name);
          this.OPTION(() => this.SUBRULE(this.call));
        },
      },
      { ALT: () => this.SUBRULE(this.evalArgument) },
    ]);
    this.OPTION2(() => {
      this.CONSUME(t.As);
      this.SUBRULE2(this.name, { LABEL: "as" });
      this.OPTION3({ GATE: () => this.adjacent(), DEF: () => this.SUBRULE2(this.call, { LABEL: "asCall" }) });
    });
  });

  readonly call: Rule = this.RULE("call", () => {
    this.CONSUME(t.LeftParen);
    this.OPTION(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.evalArgument) },
        {
          ALT: () => {
            this.SUBRULE(this.name);
            this.OPTION2(() => this.SUBRULE(this.call));
            this.MANY(() => {
              this.CONSUME(t.Comma);
              this.SUBRULE2(this.name);
            });
          },
        },
      ]),
    );
    this.CONSUME(t.RightParen);
  });

  readonly evalArgument: Rule = this.RULE("evalArgument", () => {
    this.CONSUME(t.EvalOpen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
  });

  readonly listed: Rule = this.RULE("listed", () => {
    this.OR([
      { ALT: () => this.CONSUME(command("list")) },
      { ALT: () => this.CONSUME(command("rename")) },
      { ALT: () => this.CONSUME(command("bin")) },
      { ALT: () => this.CONSUME(command("convert")) },
    ]);
    this.SUBRULE(this.items);
  });

  readonly stats: Rule = this.RULE("stats", () => {
    this.CONSUME(command("stats"));
    this.SUBRULE(this.items);
    this.OPTION(() => {
      this.CONSUME(t.By);
      this.SUBRULE2(this.items, { LABEL: "by" });
    });
  });

  readonly tstats: Rule = this.RULE("tstats", () => {
    this.CONSUME(command("tstats"));
    this.SUBRULE(this.items);
    this.OPTION(() => {
      this.CONSUME(t.From);
      this.SUBRULE2(this.items, { LABEL: "from" });
    });
    this.OPTION2(() => {
      this.CONSUME(t.WhereWord);
      this.SUBRULE(this.terms);
    });
    this.OPTION3(() => {
      this.CONSUME(t.By);
      this.SUBRULE3(this.items, { LABEL: "by" });
    });
  });

  readonly chart: Rule = this.RULE("chart", () => {
    this.CONSUME(command("chart"));
    this.SUBRULE(this.items);
    this.OPTION(() => {
      this.CONSUME(t.Over);
      this.SUBRULE2(this.items, { LABEL: "over" });
    });
    this.OPTION2(() => {
      this.CONSUME(t.By);
      this.SUBRULE3(this.items, { LABEL: "by" });
    });
    this.OPTION3(() => {
      this.CONSUME(t.WhereWord);
      this.SUBRULE(this.raw);
    });
  });

  readonly top: Rule = this.RULE("top", () => {
    this.CONSUME(command("top"));
    this.SUBRULE(this.items);
    this.OPTION(() => {
      this.CONSUME(t.By);
      this.SUBRULE2(this.items, { LABEL: "by" });
    });
  });

  readonly dedup: Rule = this.RULE("dedup", () => {
    this.CONSUME(command("dedup"));
    this.SUBRULE(this.items);
    this.OPTION(() => {
      this.CONSUME(t.Sortby);
      this.SUBRULE2(this.items, { LABEL: "sortby" });
    });
  });

  readonly lookup: Rule = this.RULE("lookup", () => {
    this.CONSUME(command("lookup"));
    this.SUBRULE(this.items);
    this.OPTION(() => {
      this.CONSUME(t.Output);
      this.SUBRULE2(this.items, { LABEL: "output" });
    });
  });

  readonly inputlookup: Rule = this.RULE("inputlookup", () => {
    this.CONSUME(command("inputlookup"));
    this.SUBRULE(this.items);
    this.OPTION(() => {
      this.CONSUME(t.WhereWord);
      this.SUBRULE(this.terms);
    });
  });

  readonly regex: Rule = this.RULE("regex", () => {
    this.CONSUME(command("regex"));
    this.SUBRULE(this.name);
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Equals) }, { ALT: () => this.CONSUME(t.Comparison) }]);
      this.SUBRULE2(this.name, { LABEL: "pattern" });
    });
  });

  readonly replace: Rule = this.RULE("replace", () => {
    this.CONSUME(command("replace"));
    this.SUBRULE(this.replacement);
    this.MANY(() => {
      this.OPTION(() => this.CONSUME(t.Comma));
      this.SUBRULE2(this.replacement);
    });
    this.OPTION2(() => {
      this.CONSUME(t.ReplaceIn);
      this.SUBRULE(this.items);
    });
  });

  readonly replacement: Rule = this.RULE("replacement", () => {
    this.SUBRULE(this.name);
    this.CONSUME(t.With);
    this.SUBRULE2(this.name);
  });

  readonly transaction: Rule = this.RULE("transaction", () => {
    this.CONSUME(command("transaction"));
    this.MANY(() =>
      this.OR({
        DEF: [
          { ALT: () => this.CONSUME(t.Comma) },
          { GATE: () => this.at(2, t.Equals), ALT: () => this.SUBRULE(this.edge) },
          { ALT: () => this.SUBRULE(this.name) },
        ],
        IGNORE_AMBIGUITIES: true,
      }),
    );
  });

  /** An option, or `startswith=(…)`, `startswith=eval(…)`. */
  readonly edge: Rule = this.RULE("edge", () => {
    this.CONSUME(t.Word);
    this.CONSUME(t.Equals);
    this.OR([
      { ALT: () => this.SUBRULE(this.value) },
      { ALT: () => this.SUBRULE(this.evalArgument) },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE(this.terms);
          this.CONSUME(t.RightParen);
        },
      },
    ]);
  });

  // What is kept as it is written

  readonly kept: Rule = this.RULE("kept", () => {
    this.OR([{ ALT: () => this.CONSUME(t.CommandName) }, { ALT: () => this.CONSUME(command("raw")) }]);
    this.SUBRULE(this.raw);
  });

  /** A macro, and what follows it in its stage. */
  readonly macroStage: Rule = this.RULE("macroStage", () => {
    this.CONSUME(t.MacroToken);
    this.SUBRULE(this.raw);
  });

  readonly raw: Rule = this.RULE("raw", () => {
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(t.Filler) }, { ALT: () => this.SUBRULE(this.rawBracket) }]));
  });

  readonly rawBracket: Rule = this.RULE("rawBracket", () => {
    this.CONSUME(t.LeftBracket);
    this.MANY(() =>
      this.OR([
        { ALT: () => this.CONSUME(t.Filler) },
        { ALT: () => this.CONSUME(t.Pipe) },
        { ALT: () => this.SUBRULE(this.rawBracket) },
      ]),
    );
    this.CONSUME(t.RightBracket);
  });
}
