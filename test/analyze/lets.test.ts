import { expect, it } from "vitest";
import { analyzeKql, transpile } from "../../src/index.ts";

it("lets that double are named where a target can, and refused where it cannot", () => {
  const lets = Array.from({ length: 40 }, (_, i) => `let t${i + 1} = t${i} | union t${i};`).join("\n");
  const text = `let t0 = DeviceProcessEvents | take 1;\n${lets}\nt40 | count`;
  expect(analyzeKql(text).diagnostics).toEqual([]);
  expect(transpile(text, { to: "typescript" }).fidelity).toBe("exact");
  expect(transpile(text, { to: "kql" }).fidelity).toBe("exact");
  for (const to of ["spl", "sigma"]) {
    const { fidelity, notes } = transpile(text, { to });
    expect([fidelity, notes.map((n) => n.cause)]).toEqual(["unsupported", ["too-long"]]);
  }
});

it("a function whose last line is a name gives what the name stands for", () => {
  const text = "let f = () { let x = DeviceProcessEvents | take 1; x }; f() | project FileName";
  expect(analyzeKql(text).columns).toEqual([{ name: "FileName", type: "string" }]);
});
