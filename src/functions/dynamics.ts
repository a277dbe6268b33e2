import type { ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

/** Functions on dynamic values: arrays and property bags. */
export const dynamics: readonly ScalarFunction[] = [
  { name: "parse_json", parameters: ["any"], returns: "dynamic", nulls: "handles", run: "parseJson", naming: "argument", spl: splForms.parse_json, page: "parse-json-function" },
  { name: "dynamic_to_json", parameters: ["any"], returns: "string", nulls: "handles", run: "dynamicToJson", page: "dynamic-to-json-function" },
  { name: "array_length", parameters: ["dynamic"], returns: "long", nulls: "handles", run: "arrayLength", spl: splForms.array_length, page: "array-length-function" },
  { name: "bag_pack", parameters: [], rest: "any", returns: "dynamic", nulls: "handles", total: true, run: "bagPack", spl: splForms.bag_pack, page: "bag-pack-function" },
  { name: "pack_array", parameters: [], rest: "any", returns: "dynamic", nulls: "handles", total: true, run: "packArray", spl: splForms.pack_array, page: "pack-array-function" },
  { name: "bag_keys", parameters: ["dynamic"], returns: "dynamic", nulls: "handles", run: "bagKeys", page: "bag-keys-function" },
  { name: "bag_merge", parameters: ["dynamic", "dynamic"], rest: "dynamic", returns: "dynamic", nulls: "handles", run: "bagMerge", page: "bag-merge-function" },
  { name: "bag_has_key", parameters: ["dynamic", "string"], returns: "bool", nulls: "handles", run: "bagHasKey", page: "bag-has-key-function" },
  { name: "bag_remove_keys", parameters: ["dynamic", "dynamic"], returns: "dynamic", nulls: "handles", run: "bagRemoveKeys", page: "bag-remove-keys-function" },
  { name: "array_concat", parameters: ["dynamic"], rest: "dynamic", returns: "dynamic", nulls: "handles", run: "arrayConcat", spl: splForms.array_concat, page: "array-concat-function" },
  { name: "array_slice", parameters: ["dynamic", "long", "long"], returns: "dynamic", nulls: "handles", run: "arraySlice", spl: splForms.array_slice, page: "array-slice-function" },
  { name: "array_index_of", parameters: ["dynamic", "any", "long", "long", "long"], optional: 3, returns: "long", nulls: "handles", run: "arrayIndexOf", page: "array-index-of-function" },
  { name: "array_reverse", parameters: ["dynamic"], returns: "dynamic", nulls: "handles", run: "arrayReverse", page: "array-reverse-function" },
  { name: "array_sum", parameters: ["dynamic"], returns: "real", nulls: "handles", run: "arraySum", page: "array-sum-function" },
  { name: "array_sort_asc", parameters: ["dynamic"], optional: 0, returns: "dynamic", nulls: "handles", run: "arraySortAsc", page: "array-sort-asc-function" },
  { name: "array_sort_desc", parameters: ["dynamic"], returns: "dynamic", nulls: "handles", run: "arraySortDesc", page: "array-sort-desc-function" },
  { name: "set_union", parameters: ["dynamic", "dynamic"], rest: "dynamic", returns: "dynamic", nulls: "handles", run: "setUnion", spl: splForms.set_union, page: "set-union-function" },
  { name: "set_intersect", parameters: ["dynamic", "dynamic"], rest: "dynamic", returns: "dynamic", nulls: "handles", run: "setIntersect", page: "set-intersect-function" },
  { name: "set_difference", parameters: ["dynamic", "dynamic"], rest: "dynamic", returns: "dynamic", nulls: "handles", run: "setDifference", page: "set-difference-function" },
  { name: "set_has_element", parameters: ["dynamic", "any"], returns: "bool", nulls: "handles", run: "setHasElement", spl: splForms.set_has_element, page: "set-has-element-function" },
];
