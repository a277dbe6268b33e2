import type { ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

/** JSON and property bags. */
export const bags: readonly ScalarFunction[] = [
  {
    name: "parse_json",
    parameters: ["any"],
    returns: "dynamic",
    nulls: "handles",
    run: "parseJson",
    naming: "argument",
    spl: splForms.parse_json,
    page: "parse-json-function",
  },
  {
    name: "dynamic_to_json",
    parameters: ["any"],
    returns: "string",
    nulls: "handles",
    run: "dynamicToJson",
    page: "dynamic-to-json-function",
  },
  {
    name: "bag_pack",
    parameters: [],
    rest: "any",
    returns: "dynamic",
    refuses: (given) =>
      given.length % 2 === 1
        ? { argument: given.length - 1, message: "bag_pack takes keys and values in turn; this key has no value" }
        : null,
    nulls: "handles",
    total: true,
    run: "bagPack",
    spl: splForms.bag_pack,
    page: "bag-pack-function",
  },
  {
    name: "bag_keys",
    parameters: ["dynamic"],
    returns: "dynamic",
    nulls: "handles",
    run: "bagKeys",
    page: "bag-keys-function",
  },
  {
    name: "bag_merge",
    parameters: ["dynamic", "dynamic"],
    rest: "dynamic",
    returns: "dynamic",
    nulls: "handles",
    run: "bagMerge",
    page: "bag-merge-function",
  },
  {
    name: "bag_has_key",
    parameters: ["dynamic", "string"],
    returns: "bool",
    nulls: "handles",
    run: "bagHasKey",
    page: "bag-has-key-function",
  },
  {
    name: "bag_remove_keys",
    parameters: ["dynamic", "dynamic"],
    returns: "dynamic",
    nulls: "handles",
    run: "bagRemoveKeys",
    page: "bag-remove-keys-function",
  },
  {
    name: "bag_zip",
    parameters: ["dynamic", "dynamic"],
    returns: "dynamic",
    nulls: "handles",
    run: "bagZip",
    page: "bag-zip-function",
  },
  {
    name: "bag_set_key",
    parameters: ["dynamic", "string", "any"],
    returns: "dynamic",
    constants: [1],
    nulls: "handles",
    run: "bagSetKey",
    page: "bag-set-key-function",
  },
  {
    name: "treepath",
    parameters: ["dynamic"],
    returns: "dynamic",
    nulls: "handles",
    run: "treepath",
    naming: { prefix: "tree" },
    page: "treepath-function",
  },
];
