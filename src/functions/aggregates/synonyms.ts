/** An older name of an aggregate, and what it does otherwise. */
export interface Synonym {
  readonly name: string;
  /** Start of the automatic column names, where the older name has its own. */
  readonly prefix?: string;
  /** Most elements where no size is given. */
  readonly size?: number;
}

export const aggregateSynonyms: Readonly<Record<string, Synonym>> = {
  cnt: { name: "count", prefix: "cnt" },
  makelist: { name: "make_list", size: 128 },
  makeset: { name: "make_set", size: 128 },
  make_dictionary: { name: "make_bag", prefix: "dictionary" },
  any: { name: "take_any", prefix: "any" },
  anyif: { name: "take_anyif", prefix: "anyif" },
  argmax: { name: "arg_max", prefix: "max" },
  argmin: { name: "arg_min", prefix: "min" },
  merge_tdigest: { name: "tdigest_merge" },
};
