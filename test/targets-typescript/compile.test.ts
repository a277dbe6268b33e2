import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyOf, cellsOf, emitted } from "./emit.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "emitted-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One of everything that has a form of its own in TypeScript. */
const queries: Readonly<Record<string, string>> = {
  filters:
    "Logons | where User =~ 'ann' or Count between (1 .. 5) | where not(Score > 1.5) | project User, Count, Score",
  values:
    "Logons | extend a = Count / 2, b = Count / 2.0, c = Time + 1h, d = iff(Ok, Score, Count), e = tolower(tostring(Data.tags[0])), f = case(Ok, 'x', isnull(Ok), 'y', 'z') | project a, b, c, d, e, f",
  groups:
    "Logons | summarize n = count(), s = sum(Count), m = max(User), t = min(Time), l = make_list(User), arg_max(Time, Host, Count) by Ok, bin(Time, 1d)",
  whole:
    "Logons | summarize dcount(User), avg(Score), take_any(Host), arg_min(Count, User), percentile(Count, 50), countif(Ok)",
  joins:
    "Logons | join kind=leftouter (Hosts | where Weight > 0) on Host | join kind=rightouter Hosts on $left.Host == $right.Host | project User, Site, Site1, Weight1",
  semi: "Logons | join kind=leftsemi Hosts on Host | join kind=leftanti (Hosts | where Site == 'x') on Host | lookup Hosts on Host | project User, Site",
  expansion:
    "Logons | mv-expand i = Data.tags to typeof(long) | mv-apply with_itemindex=k t = Data.tags to typeof(string) on (where t != '' | summarize c = count(), k = max(k)) | project User, i, c, k",
  unions:
    "let a = Logons | where Ok; union withsource=src a, Logons, Hosts | project src, User, Site, Weight | sort by src asc, Weight desc nulls first | take 5",
  scalars:
    "let lim = toscalar(Hosts | summarize max(Weight)); let names = dynamic(['ann', 'bob']); Logons | where Count < lim and User in (names) and Host in~ (Hosts | project Host) | extend now = now()",
  parsing:
    "Logons | parse kind=relaxed User with * 'x=' x:long ' ' rest | parse-where Host with 'h' n:int | project x, rest, n | distinct n, x",
  rows: "datatable(a: long, b: string, c: dynamic, d: datetime)[1, 'x', dynamic([1, {'k': null}]), datetime(2020-01-01), long(null), '', dynamic(null), datetime(null)] | extend e = c[0] | sort by a asc",
  undeclared: "union (Elsewhere | project Host), (Hosts | project Host, Weight) | project Host, Weight",
  unfolded:
    "Logons | make-series c = count() default = 0 on Time from datetime(2025-12-31) to datetime(2026-01-01) step 1d by User | mv-expand Time to typeof(datetime), c to typeof(long)",
  constants: "Logons | summarize make_bag(dynamic({'k': 1})), take_any(dynamic({})) by User",
  cells: "print cell = geo_point_to_h3cell(-74.04, 40.69, 6) | extend around = geo_h3cell_neighbors(cell)",
  empty: "datatable(a: long)[] | count",
  range: "range x from 1 to 5 step 2 | where x == 3 or x > 4 | project-rename y = x",
};

const alone = ["filters", "groups", "expansion", "scalars", "rows", "parsing"];

beforeAll(() => {
  for (const [name, query] of Object.entries(queries))
    writeFileSync(join(folder, `${name}.ts`), emitted(query, { name }));
  for (const name of alone)
    writeFileSync(join(folder, `${name}-alone.ts`), emitted(queries[name] ?? "", { name, standalone: true }));
  // The library's entry, so that `ruleport/runtime` means the sources.
  writeFileSync(join(folder, "runtime.d.ts"), `export * from ${JSON.stringify(join(root, "src/runtime/index.ts"))};`);
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    lib: ["es2023"],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    types: [],
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    rewriteRelativeImportExtensions: true,
    outDir: join(folder, "out"),
    rootDir: "/",
  };
  const alones = alone.map((name) => `${name}-alone.ts`);
  writeFileSync(
    join(folder, "alone.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, noUnusedLocals: false, rootDir: folder }, files: alones }),
  );
  const typed = {
    ...compilerOptions,
    lib: ["es2023", "dom"],
    noEmit: true,
    paths: {
      "ruleport/runtime": [join(root, "src/runtime/index.ts")],
      "ruleport/h3": [join(root, "src/h3/index.ts")],
    },
  };
  writeFileSync(
    join(folder, "typed.json"),
    JSON.stringify({ compilerOptions: typed, files: Object.keys(queries).map((name) => `${name}.ts`) }),
  );
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
}, 60_000);

function tsc(project: string): string {
  try {
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", join(folder, project)], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}

describe("emitted modules", () => {
  it("compile under the strictest options, without a name too many", () => {
    expect(tsc("typed.json")).toBe("");
  });

  it("compile and run by themselves with standalone", async () => {
    expect(tsc("alone.json")).toBe("");
    const logons = [
      { Time: "2025-12-31T10:00:00Z", User: "ann", Host: "h1", Count: 5, Score: 1, Ok: true, Data: { tags: ["1", 2] } },
    ];
    const hosts = [{ Host: "H1", Site: "s", Weight: 9 }];
    for (const name of alone) {
      const module: Record<string, unknown> = await import(pathToFileURL(join(folder, "out", `${name}-alone.js`)).href);
      const run = module[name];
      if (typeof run !== "function") throw new Error(`${name} exports ${Object.keys(module)}`);
      const query = queries[name] ?? "";
      const tables = /Hosts/.test(query) ? { Logons: logons, Hosts: hosts } : logons;
      const ticks = 639_028_224_000_000_000n;
      const args = /Logons/.test(query) ? [tables, { now: { ticks } }] : [{ now: { ticks } }];
      let count = 0;
      for await (const _ of run(...args)) count++;
      expect([name, count]).toEqual([name, (await cellsOf(query, { Logons: logons, Hosts: hosts })).length]);
    }
  });

  it("contain no import with standalone", () => {
    expect(emitted(queries.groups ?? "", { standalone: true })).not.toMatch(/^import /m);
  });
});

it("no two files of the runtime use one name at their top, so that they can stand in one module", () => {
  const names = ["runtime", "types"].flatMap((part) => {
    const path = join(root, "src", part);
    return readdirSync(path).flatMap((file) => {
      const text = readFileSync(join(path, file), "utf8");
      const found = text.matchAll(/^(?:export )?(?:async )?(?:function\*?|const|class|interface|type|let) +([\w$]+)/gm);
      return [...new Set([...found].map(([, name]) => name))];
    });
  });
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

describe("hostile text", () => {
  const texts = [
    '"',
    "'",
    "`",
    "\\",
    "\\\\",
    "$\u007b1}",
    "*/",
    "</script>",
    "<!--",
    "\n",
    "\r\n",
    "\u2028\u2029",
    "\0",
    "\u007f",
    "\ud800",
    "😀",
    "]]>",
    "__proto__",
    "a\\",
    "\\u0041",
    '"); process.exit(); ("',
    "`;throw 1;`",
    "\\`",
    "//",
    "\t",
  ];
  /** Every character as an escape, so that nothing depends on KQL's own quoting. */
  const kql = (text: string): string =>
    `"${Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, "0")}`).join("")}"`;

  it.each(texts)("comes back as it was: %j", async (text) => {
    expect(await cellsOf(`print a = ${kql(text)}, b = strcat(${kql(text)}, now())`)).toEqual([
      [text, `${text}2026-01-01T00:00:00.0000000Z`],
    ]);
  });

  it.each(["a b", "a'b", "ключ", "class", "row", "1a", "__proto__", "constructor", "from", "a-b", "$x"])(
    "is a column like any other: %s",
    async (name) => {
      expect(
        await cellsOf(
          `print ['${name.replace("'", "\\'")}'] = 1 | extend y = ['${name.replace("'", "\\'")}'] + 1 | where y == 2`,
        ),
      ).toEqual([[1, 2]]);
    },
  );

  it.each(["row", "now", "count", "Row", "from", "class", "a-b", "ключ", "events"])(
    "is a let like any other: %s",
    async (name) => {
      expect(await cellsOf(`let ['${name}'] = toscalar(print 5); print x = ['${name}'] + 1`)).toEqual([[6]]);
    },
  );

  it("ends no comment", () => {
    const text = emitted("Logons // */ \u2028 alert(1)\n| where Ok", {
      name: "x */ y",
      info: { description: "a */ b\u2028c" },
    });
    expect(text.split("\n").filter((line) => line.includes("alert"))).toEqual(["    // * / alert(1)"]);
    expect(text.indexOf("*/")).toBe(text.indexOf("\n */") + 2);
  });

  it("stays in bounds when it is long", () => {
    const list = Array.from({ length: 300 }, (_, i) => `'v${i}'`).join(", ");
    expect(bodyOf(`Logons | where User in (${list})`)).toContain(".where((row) => list.includes(row.User))");
  });
});
