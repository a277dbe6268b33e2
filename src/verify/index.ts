export type { Counterexample } from "./counterexample.ts";
export type { VerifyOptions } from "./options.ts";
export { counterexampleText, verificationToJson, verificationToJunit } from "./report.ts";
export type { Language } from "./side.ts";
export { languageOf, type Subject } from "./subject.ts";
export { type Comparison, type Coverage, type Verification, verify } from "./verify.ts";
