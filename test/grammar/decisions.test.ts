import { expect, it } from "vitest";
import { KqlParser } from "../../grammar/kql/parser.ts";
import { SplParser } from "../../grammar/spl/parser.ts";
import { decisionsOf, decisionsText } from "./decisions.ts";

it("the decisions of the grammars are those that their rules ask for", async () => {
  const kql = decisionsText(decisionsOf((options) => new KqlParser(options)));
  await expect(kql).toMatchFileSnapshot("../../grammar/kql/decisions.ts");
  const spl = decisionsText(decisionsOf((options) => new SplParser(options)));
  await expect(spl).toMatchFileSnapshot("../../grammar/spl/decisions.ts");
});
