import type { Note } from "../../diagnostics/fidelity.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { H3Function } from "../../functions/row.ts";
import type { Relation } from "../../plan/nodes.ts";
import type * as runtime from "../../runtime/index.ts";
import { type Chain, type Code, flat } from "./layout.ts";
import type { Names } from "./names.ts";
import type { Needs } from "./needs.ts";

/** What the parts of one module gather while they are emitted. */
export interface Session {
  readonly needs: Needs;
  readonly names: Names;
  /** Names of lets and of shared tables in the module. */
  readonly lets: ReadonlyMap<string, string>;
  /** `from(events, columns)` by table. */
  readonly scans: ReadonlyMap<string, string>;
  /** Names of the rows of a table that is scanned more than once. */
  readonly sharedTables: ReadonlyMap<string, string>;
  readonly imports: Set<string>;
  readonly typeImports: Set<string>;
  /** Whether types are printed. */
  readonly types: boolean;
  readonly notes: Note[];
  /** Statements before the one that is being emitted. */
  readonly statements: { readonly name: string; readonly value: Code; readonly awaited: boolean }[];
  readonly constants: Map<string, string>;
  usesClock: boolean;
  /** Emits a relation; set by the module so that expressions can hold tables. */
  readonly relation: (relation: Relation) => Chain;
}

/** The name of an export of the runtime, or of `ruleport/h3`, imported from now on. */
export function use(session: Session, name: keyof typeof runtime | H3Function): string {
  session.imports.add(name);
  return name;
}

export function useType(session: Session): (name: string) => void {
  return (name) => session.typeImports.add(name);
}

/** A constant of its own before the current statement; the same value gets one constant. */
export function constant(session: Session, value: Code, wanted: string, awaited = false): string {
  const text = (awaited ? "await " : "") + flat(value);
  const known = session.constants.get(text);
  if (known !== undefined) return known;
  const name = session.names.take(wanted, "constant");
  session.constants.set(text, name);
  session.statements.push({ name, value, awaited });
  return name;
}

/** Says that something cannot be run; the module is not printed then. */
export function unsupported(session: Session, cause: string, construct: string, message: string, span: Span): void {
  session.notes.push({ level: "unsupported", cause, construct, message, span });
}
