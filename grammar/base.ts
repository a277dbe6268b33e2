import type {
  CstNode,
  ILookaheadStrategy,
  IParserErrorMessageProvider,
  IRecognitionException,
  IToken,
  ParserMethod,
  TokenType,
} from "chevrotain";
import { CstParser, tokenMatcher } from "./chevrotain.ts";
import { type Decisions, installDecisions } from "./decisions.ts";
import { lazyLookahead } from "./lookahead.ts";

export type Rule = ParserMethod<[], CstNode>;

/**
 * The concrete tree of a token list. With errors it has holes, or is null. An error's
 * message is the name of the token type that was expected, or "" where there were several.
 */
export interface ParseResult {
  readonly cst: CstNode | null;
  readonly errors: readonly IRecognitionException[];
}

/** How many more errors a parse may find; an error is costly, and after some dozens of them they say nothing. */
interface ErrorBudget {
  left: number;
}
const errorLimit = 12;

/** Ends a parse that has used up its errors. */
class TooManyErrors extends Error {}

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

export interface ParserOptions {
  /** Go on behind an error. Without it a parse ends at its first error, and the parser is built in less time. */
  readonly recover: boolean;
  /** Chevrotain's checks of the grammar. */
  readonly validate: boolean;
  /** Watches the decisions that Chevrotain works out; only for the making of those that are worked out beforehand. */
  readonly lookahead?: ILookaheadStrategy;
}

/** What the grammars share: the parser's options, its limit of errors, and the tests that their gates are made of. */
export abstract class GrammarParser extends CstParser {
  private readonly budget: ErrorBudget;
  /** Spares the analysis of the grammar where that can be; true where it did. */
  private readonly prepare: () => boolean;
  abstract readonly program: Rule;

  /** `decisions`: those of this grammar, worked out beforehand; without them the parser analyses it. */
  constructor(vocabulary: TokenType[], { recover, validate, lookahead }: ParserOptions, decisions?: Decisions) {
    const budget = { left: errorLimit };
    super(vocabulary, {
      recoveryEnabled: recover,
      maxLookahead: 1,
      lookaheadStrategy: lookahead ?? lazyLookahead(),
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: expectedNames(budget),
      skipValidations: !validate,
    });
    this.budget = budget;
    this.prepare = () => {
      if (recover || validate || lookahead !== undefined || decisions === undefined) return false;
      return installDecisions(this, decisions, vocabulary);
    };
  }

  protected override performSelfAnalysis(): void {
    if (!this.prepare()) super.performSelfAnalysis();
  }

  /** Parses the tokens of a whole text. */
  read(tokens: IToken[]): ParseResult {
    this.budget.left = errorLimit;
    this.input = tokens;
    try {
      const cst: CstNode | undefined = this.program();
      return { cst: cst ?? null, errors: this.errors };
    } catch (error) {
      if (!(error instanceof TooManyErrors)) throw error;
      return { cst: null, errors: this.errors };
    }
  }

  protected at(offset: number, type: TokenType): boolean {
    return tokenMatcher(this.LA(offset), type);
  }
  /** The next token follows the one before it without a blank. */
  protected adjacent(): boolean {
    const before = this.LA(0);
    return before.startOffset + before.image.length === this.LA(1).startOffset;
  }
}

/** A reader of token lists that stops at a first error. Its parser is built when it is first needed. */
export function reader(build: (options: ParserOptions) => GrammarParser): (tokens: IToken[]) => ParseResult {
  let parser: GrammarParser | undefined;
  return (tokens) => {
    parser ??= build({ recover: false, validate: false });
    return parser.read(tokens);
  };
}

/**
 * A reader of token lists. Most texts are right, so that one parser ends at a first error and only then another, which
 * costs more to build, goes on behind errors. Each is built when it is first needed.
 */
export function twoPassReader(build: (options: ParserOptions) => GrammarParser): (tokens: IToken[]) => ParseResult {
  let strict: GrammarParser | undefined;
  let recovering: GrammarParser | undefined;
  return (tokens) => {
    strict ??= build({ recover: false, validate: false });
    const result = strict.read(tokens);
    if (result.errors.length === 0) return result;
    recovering ??= build({ recover: true, validate: false });
    return recovering.read(tokens);
  };
}
