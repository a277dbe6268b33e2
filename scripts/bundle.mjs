/**
 * Puts the command line into a few files, dist/bin: loading some 300 modules one by one takes longer than checking a rule.
 * The library stays as the compiler wrote it.
 */
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));

/** Modules find the files beside them by their own place, which is another one in a bundle. */
const places = {
  name: "places",
  load(id) {
    if (!id.startsWith(dist)) return null;
    const text = readFileSync(id, "utf8");
    if (!text.includes("import.meta.")) return null;
    const own = id.slice(dist.length).replaceAll("\\", "/");
    return text
      .replaceAll("import.meta.url", `new URL(${JSON.stringify(`../${own}`)}, import.meta.url)`)
      .replaceAll("import.meta.resolve", "(0, import.meta.resolve)");
  },
};

rmSync(`${dist}bin`, { recursive: true, force: true });
const bundle = await rolldown({
  input: { ruleport: `${dist}cli/main.js` },
  platform: "node",
  plugins: [places],
  checks: { circularDependency: false },
});
await bundle.write({ dir: `${dist}bin`, format: "esm", minify: true, chunkFileNames: "[name]-[hash].js" });
await bundle.close();
