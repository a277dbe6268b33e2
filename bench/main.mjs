/** `npm run bench -- parse|start|run [options]`: measures ruleport against a peer in the same run and prints the ratios. */
import { fileURLToPath } from "node:url";

const shared = fileURLToPath(new URL("../../shared/", import.meta.url));
const benches = {
  parse: async (options) => (await import("./parse.mjs")).parse(shared, options),
  start: async (options) => (await import("./start.mjs")).start(options),
  run: async (options) => (await import("./run.mjs")).run(shared, options),
};

const [name = "", ...options] = process.argv.slice(2);
if (!Object.hasOwn(benches, name)) {
  process.stderr.write(`which one? ${Object.keys(benches).join(", ")}\n`);
  process.exitCode = 2;
} else {
  await benches[name](options);
}
