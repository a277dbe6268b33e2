import type { Located, Macro, Option } from "../spl/tree.ts";
import { SplProblem } from "./problem.ts";

/** The options of a command by name. Those that are not known are located problems, for they may change what comes out. */
export class Options {
  private readonly found = new Map<string, Option>();
  private readonly command: string;

  constructor(command: string, options: readonly (Option | Macro)[], known: readonly string[]) {
    this.command = command;
    for (const option of options) {
      if (option.kind === "macro")
        throw new SplProblem("SPL205", option, `the macro \`${option.name}\` is not expanded`);
      const name = option.name.toLowerCase();
      if (!known.includes(name)) {
        throw new SplProblem("SPL203", option, `${command} has no option \`${option.name}\` here`);
      }
      this.found.set(name, option);
    }
  }

  has(name: string): boolean {
    return this.found.has(name);
  }

  node(name: string): Located | undefined {
    return this.found.get(name);
  }

  text(name: string): string | null {
    return this.found.get(name)?.value ?? null;
  }

  flag(name: string, otherwise: boolean): boolean {
    const option = this.found.get(name);
    if (option === undefined) return otherwise;
    const value = option.value.toLowerCase();
    if (["t", "true", "1", "y", "yes"].includes(value)) return true;
    if (["f", "false", "0", "n", "no"].includes(value)) return false;
    throw new SplProblem(
      "SPL203",
      option,
      `\`${option.name}\` of ${this.command} is true or false, not \`${option.value}\``,
    );
  }

  whole(name: string, otherwise: number): number {
    const option = this.found.get(name);
    if (option === undefined) return otherwise;
    if (!/^\d{1,12}$/.test(option.value)) {
      throw new SplProblem(
        "SPL203",
        option,
        `\`${option.name}\` of ${this.command} is a whole number, not \`${option.value}\``,
      );
    }
    return Number(option.value);
  }

  oneOf<T extends string>(name: string, values: readonly T[], otherwise: T): T {
    const option = this.found.get(name);
    if (option === undefined) return otherwise;
    const value = values.find((v) => v === option.value.toLowerCase());
    if (value !== undefined) return value;
    throw new SplProblem(
      "SPL203",
      option,
      `\`${option.name}\` of ${this.command} is ${values.join(" or ")}, not \`${option.value}\``,
    );
  }
}
