/** Where the result columns differ from those of Microsoft's binder, by cause: ids of the corpus. */
export const differences: Readonly<Record<string, readonly string[]>> = {
  // `union` of columns `x: string`, `x: string`, `x: long`: the binder forgets types that come after two equal ones. The engine
  // gives a column for each, and so does the binder in any other order.
  "a third type in a union": [
    "falcon-4f7fbfb73f",
    "ms365d-bcefa4fc66",
    "ms365d-be4022df18",
    "rodtrent-2234a518e7",
    "rodtrent-d6bba2b660",
    "slimkql-6f2d8ab3d7",
    "slimkql-76007710fb",
    "slimkql-8cdddea5ef",
    "slimkql-95f5a64aa6",
    "slimkql-9b701a1fc2",
    "slimkql-a7a3a6a163",
    "slimkql-d1c4b37c02",
    "slimkql-e25f2a95e1",
  ],
  // The binder keeps both columns of a name that `parse` gives anew.
  "parse into a column that exists": ["reprise99-09c37566f1", "reprise99-9be3c774da", "reprise99-b8dfeeb6c5"],
  // The reference and the engine say real, the binder dynamic.
  "the type of jaccard_index": ["bertjanp-4ff1e457b5"],
  // A placeholder such as YOUR_TIMEZONE_HERE; the binder does not look at it.
  "a constant that a function refuses": ["aura-41144f42cd", "aura-6a3a4f93e8", "aura-f6559a4fb4"],
  // One name for several values: the engine gives the first value alone, the binder all columns.
  "one name for the columns of a function": ["reprise99-fe408f6435"],
};
