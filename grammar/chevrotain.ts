type Chevrotain = typeof import("chevrotain");

/**
 * Chevrotain from its own one-file build: its entry point is some 400 modules and takes 30 times as long to load,
 * which a command that checks one small file would feel. Falls back to the entry point where that file is not there.
 */
async function load(): Promise<Chevrotain> {
  try {
    const build: Chevrotain = await import(new URL("../chevrotain.min.mjs", import.meta.resolve("chevrotain")).href);
    return build;
  } catch {
    return await import("chevrotain");
  }
}

export const {
  CstParser,
  EOF,
  EarlyExitException,
  Lexer,
  LLkLookaheadStrategy,
  NoViableAltException,
  createToken,
  tokenMatcher,
} = await load();
