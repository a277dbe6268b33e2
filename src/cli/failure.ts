/** Exit codes of the command: findings are about the input, misuse is about how the command was called. */
export const exitCodes = { fine: 0, findings: 1, misuse: 2, internal: 70 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with one message for its user. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  constructor(message: string, options: { readonly exitCode?: ExitCode; readonly hint?: string } = {}) {
    super(message);
    this.name = "Failure";
    this.exitCode = options.exitCode ?? exitCodes.misuse;
    this.hint = options.hint;
  }
}
