import { describe, expect, it } from "vitest";
import { compileKql } from "../../src/compile.ts";
import { transpileSpl } from "../../src/transpile-spl.ts";
import { hasShared, sharedLines, sharedText } from "../shared.ts";

interface Detection {
  readonly name: string;
  readonly search: string;
}

describe.skipIf(!hasShared)("Splunk's security content as KQL", () => {
  it("is exact, approximate or says what stands in the way; what comes out is KQL", () => {
    const macros = JSON.parse(sharedText("spl/macros.json"));
    const detections = sharedLines<Detection>("spl/security_content.jsonl");
    const counts = { exact: 0, approximate: 0, unsupported: 0 };
    const causes = new Map<string, number>();
    const invalid: string[] = [];
    for (const { name, search } of detections) {
      const { text, fidelity, notes, diagnostics } = transpileSpl(search, { to: "kql", macros });
      counts[fidelity]++;
      if (process.env.RULEPORT_SHOW?.includes(name)) console.log(search, "\n", text, notes);
      if (fidelity === "unsupported") {
        const parse = diagnostics.find((d) => d.severity === "error");
        if (parse) causes.set(`not read: ${parse.code}`, (causes.get(`not read: ${parse.code}`) ?? 0) + 1);
        expect(parse !== undefined || notes.some((n) => n.level === "unsupported"), name).toBe(true);
      } else {
        const errors = compileKql(text).diagnostics.filter((d) => d.severity === "error");
        if (errors[0]) invalid.push(`${name}: ${errors[0].message}\n${text}`);
      }
      const level = fidelity === "unsupported" ? "unsupported" : "approximate";
      for (const cause of new Set(
        notes
          .filter((n) => n.level === level)
          .map((n) => `${level} ${n.cause}: ${process.env.RULEPORT_CAUSES ? n.message : ""}`),
      )) {
        causes.set(cause, (causes.get(cause) ?? 0) + 1);
      }
    }
    const top = [...causes].sort((a, b) => b[1] - a[1]).slice(0, Number(process.env.RULEPORT_CAUSES ?? 15));
    console.log(
      `${detections.length} searches: ${JSON.stringify(counts)}\n${top.map(([c, n]) => `${n}  ${c}`).join("\n")}`,
    );
    expect(invalid).toEqual([]);
    expect(counts.exact + counts.approximate).toBeGreaterThan(480);
  });
});
