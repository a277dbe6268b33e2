import { describe, expect, it } from "vitest";
import { column, problem, rows } from "./run.ts";

describe("json", () => {
  const text = '{"a":{"b":[1,2,{"c":"x"}]},"n":12345678901234567890,"t":true,"z":null,"x.y":"dot"}';

  it.each([
    ['json_extract(j, "a.b{1}")', "2"],
    ['json_extract(j, "a.b{2}.c")', "x"],
    ['json_extract(j, "a.b{}")', '[1,2,{"c":"x"}]'],
    ['json_extract(j, "n")', "12345678901234567890"],
    ['json_extract(j, "z")', null],
    ['json_extract_exact(j, "x.y")', "dot"],
    ["json_keys(j)", '["a","n","t","z","x.y"]'],
    ['json_set("{}", "a.b", 1, "c", "x")', '{"a":{"b":1},"c":"x"}'],
    ['json_delete("{\\"a\\":1,\\"b\\":2}", "a")', '{"b":2}'],
    ['json_append("{\\"a\\":[1]}", "a", "x")', '{"a":[1,"x"]}'],
    ['json_extend("{\\"a\\":[1]}", "a", json_array(2, 3))', '{"a":[1,2,3]}'],
    [
      'json_object("n", 1, "s", "1a", "l", mvappend("a", "b"), "o", json_object("k", true()), "z", null())',
      '{"n":1,"s":"1a","l":["a","b"],"o":{"k":true},"z":null}',
    ],
    ['json("not json")', null],
    ['if(json_valid(j), "yes", "no")', "yes"],
    ['json_array_to_mv("[\\"a\\",1]")', ["a", "1"]],
    ['mv_to_json_array(split("1,b", ","), true())', '[1,"b"]'],
    ['spath(j, "a.b{}.c")', "x"],
  ])("%s", async (expression, expected) => {
    expect(await column(`| eval r=${expression}`, "r", [{ j: text }])).toEqual([expected]);
  });

  it("is taken apart by spath", async () => {
    expect(await rows("| spath input=j | fields - j", [{ j: text }])).toEqual([
      { "a.b{}": ["1", "2"], "a.b{}.c": "x", n: "12345678901234567890", t: "true", "x.y": "dot" },
    ]);
    expect((await problem("| spath input=x", { events: [{ x: "<a>1</a>" }] }))[0]).toBe("SPL201");
  });
});
