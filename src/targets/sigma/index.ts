export { emitSigma } from "./emit.ts";
