/** Splunk's default limits (limits.conf.spec). A run that meets one cuts as Splunk does, and warns. */
export const limits = {
  /** sort command: `count` */
  sort: 10_000,
  /** [stats] list_maxsize */
  list: 100,
  /** [subsearch] maxout */
  subsearch: 10_000,
  /** [join] subsearch_maxout */
  join: 50_000,
  /** append, appendcols: `maxout` */
  append: 50_000,
  /** [mvexpand] max_mem_usage_mb, in bytes */
  mvexpand: 500 * 1024 * 1024,
  /** [streamstats] max_stream_window */
  window: 10_000,
  /** top and rare: `limit` */
  top: 10,
  /** [spath] extraction_cutoff, in characters */
  spath: 5_000,
  /** [lookup] max_matches of a definition */
  matches: 1_000,
  /** rows of any command that makes them: [searchresults] maxresultrows */
  rows: 50_000,
} as const;
