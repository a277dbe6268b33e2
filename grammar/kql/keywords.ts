/**
 * The words of KQL that are not plain names, by how far each may still be used as a name.
 * Most are contextual: `count` is an operator after a pipe and a column elsewhere.
 */

/** May name a column, a table, a variable or a function. */
export const freeWords = [
  "access", "alias", "bin", "bool", "consume", "count", "database", "declare", "default", "distinct", "edges",
  "entity_group", "evaluate", "extend", "facet", "filter", "fork", "from", "getschema", "graph", "guid", "hint", "id", "join",
  "kind", "let", "limit", "lookup", "mvapply", "mvexpand", "nodes", "null", "nulls", "on", "optional", "order",
  "output", "pack", "parse", "partition", "pattern", "plotly", "query_parameters", "range", "reduce", "regex",
  "render", "restrict", "scan", "serialize", "sort", "step", "summarize", "take", "top", "uuid", "view", "with",
  "with_source", "withsource", "isfuzzy", "bagexpansion", "with_itemindex", "flags", "typeof",
] as const;

/** May only stand before `=` (`extend title = …`) and after a dot. */
export const assignableWords = [
  "accumulate", "as", "by", "contains", "datatable", "earliest", "externaldata", "find", "has", "in", "invoke",
  "latest", "materialize", "mdm", "of", "print", "sample", "sample-distinct", "search", "set", "sql", "title", "to",
  "top-hitters", "top-nested", "verbose", "viewers", "where", "toscalar", "totable",
  "project", "date", "datetime", "decimal", "double", "dynamic", "int", "int32", "int64", "long", "real", "time", "timespan",
] as const;

/** Never a name: needs `['…']`. */
export const reservedWords = [
  "and", "or", "asc", "desc", "granny-asc", "granny-desc", "between", "boolean", "first", "last", "float", "string",
  "uniqueid", "union", "in~", "matches regex",
  "contains_cs", "containscs", "endswith", "endswith_cs", "has_all", "has_any", "has_cs", "hasprefix", "hasprefix_cs",
  "hassuffix", "hassuffix_cs", "like", "likecs", "notcontains", "notcontainscs", "notlike", "notlikecs", "startswith",
  "startswith_cs",
  "project-away", "project-keep", "project-rename", "project-reorder", "project-by-names", "project-smart",
  "mv-expand", "mv-apply", "parse-where", "parse-kv", "make-series", "make-graph", "graph-match",
  "graph-mark-components", "graph-shortest-paths", "graph-to-table", "graph-where-edges", "graph-where-nodes",
  "macro-expand", "assert-schema", "partitioned-by",
] as const;

/** Operators with a `!` and letters after it. */
export const negatedWords = [
  "!between", "!contains", "!contains_cs", "!endswith", "!endswith_cs", "!has", "!has_cs", "!hasprefix",
  "!hasprefix_cs", "!hassuffix", "!hassuffix_cs", "!in", "!in~", "!startswith", "!startswith_cs",
] as const;

/** Operators of the language that this grammar does not read yet; each is named in a diagnostic. */
export const unreadOperators = [
  "accumulate", "assert-schema", "consume", "evaluate", "externaldata", "facet", "find", "fork", "getschema",
  "graph-mark-components", "graph-match", "graph-shortest-paths", "graph-to-table", "graph-where-edges",
  "graph-where-nodes", "invoke", "macro-expand", "make-graph", "make-series", "parse-kv", "partition",
  "project-by-names", "project-smart", "reduce", "sample", "sample-distinct", "scan", "search", "top-hitters",
  "top-nested",
] as const;

/** Every operator that may stand after a pipe, read or not. */
export const pipeOperators = [
  "where", "filter", "extend", "project", "project-away", "project-keep", "project-rename", "project-reorder",
  "summarize", "sort", "order", "top", "take", "limit", "count", "distinct", "mv-expand", "mvexpand", "mv-apply",
  "mvapply", "parse", "parse-where", "union", "join", "lookup", "print", "as", "render", "serialize",
  ...unreadOperators.filter((word) => word !== "find" && word !== "externaldata"),
] as const;

/** The infix operators that are words. */
export const infixWords = [
  "and", "or", "contains", "contains_cs", "startswith", "startswith_cs", "endswith", "endswith_cs", "has", "has_cs",
  "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "has_any", "has_all", "in", "between", "matches regex",
  "like", "notlike", ...negatedWords,
] as const;
