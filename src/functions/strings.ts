import type { ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

/** String functions. Positions count Unicode code points from 0. */
export const strings: readonly ScalarFunction[] = [
  { name: "tolower", parameters: ["string"], returns: "string", nulls: "propagate", run: "tolower", spl: splForms.tolower, page: "tolower-function" },
  { name: "toupper", parameters: ["string"], returns: "string", nulls: "propagate", run: "toupper", spl: splForms.toupper, page: "toupper-function" },
  { name: "strcat", parameters: ["any"], rest: "any", returns: "string", nulls: "handles", run: "strcat", spl: splForms.strcat, page: "strcat-function" },
  { name: "strcat_delim", parameters: ["string", "any"], rest: "any", returns: "string", nulls: "handles", run: "strcatDelim", spl: splForms.strcat_delim, page: "strcat-delim-function" },
  { name: "strcat_array", parameters: ["dynamic", "string"], returns: "string", nulls: "handles", run: "strcatArray", spl: splForms.strcat_array, page: "strcat-array-function" },
  { name: "substring", parameters: ["string", "long", "long"], optional: 1, returns: "string", nulls: "handles", run: "substring", spl: splForms.substring, page: "substring-function" },
  { name: "indexof", parameters: ["any", "any", "long", "long", "long"], optional: 3, returns: "long", nulls: "handles", run: "indexof", page: "indexof-function" },
  { name: "strlen", parameters: ["string"], returns: "long", nulls: "propagate", run: "strlen", naming: "function", spl: splForms.strlen, page: "strlen-function" },
  { name: "string_size", parameters: ["string"], returns: "long", nulls: "propagate", run: "stringSize", naming: "function", page: "string-size-function" },
  { name: "replace_string", parameters: ["string", "string", "string"], returns: "string", nulls: "propagate", run: "replaceString", spl: splForms.replace_string, page: "replace-string-function" },
  { name: "replace_strings", parameters: ["string", "dynamic", "dynamic"], returns: "string", nulls: "handles", run: "replaceStrings", page: "replace-strings-function" },
  { name: "replace_regex", parameters: ["string", "regex", "string"], returns: "string", nulls: "propagate", run: "replaceRegex", spl: splForms.replace_regex, page: "replace-regex-function" },
  { name: "extract", parameters: ["regex", "long", "string"], returns: "string", nulls: "handles", run: "extract", spl: splForms.extract, page: "extract-function" },
  { name: "extract_all", parameters: ["regex", "any", "string"], optional: 1, returns: "dynamic", nulls: "handles", run: "extractAll", page: "extract-all-function" },
  { name: "split", parameters: ["string", "string", "long"], optional: 1, returns: "dynamic", nulls: "handles", run: "split", naming: "argument", spl: splForms.split, page: "split-function" },
  { name: "trim", parameters: ["regex", "string"], returns: "string", nulls: "propagate", run: "trim", spl: splForms.trim, page: "trim-function" },
  { name: "trim_start", parameters: ["regex", "string"], returns: "string", nulls: "propagate", run: "trimStart", spl: splForms.trim_start, page: "trim-start-function" },
  { name: "trim_end", parameters: ["regex", "string"], returns: "string", nulls: "propagate", run: "trimEnd", spl: splForms.trim_end, page: "trim-end-function" },
  { name: "reverse", parameters: ["any"], returns: "string", nulls: "handles", run: "reverse", page: "reverse-function" },
  { name: "countof", parameters: ["string", "string", "string"], optional: 1, returns: "long", nulls: "propagate", run: "countof", page: "countof-function" },
  { name: "translate", parameters: ["string", "string", "string"], returns: "string", nulls: "propagate", run: "translate", page: "translate-function" },
  { name: "url_decode", parameters: ["string"], returns: "string", nulls: "propagate", run: "urlDecode", spl: splForms.url_decode, page: "url-decode-function" },
  { name: "url_encode", parameters: ["string"], returns: "string", nulls: "propagate", run: "urlEncode", page: "url-encode-function" },
  { name: "url_encode_component", parameters: ["string"], returns: "string", nulls: "propagate", run: "urlEncodeComponent", page: "url-encode-component-function" },
  { name: "base64_encode_tostring", parameters: ["string"], returns: "string", nulls: "propagate", run: "base64EncodeTostring", page: "base64-encode-tostring-function" },
  { name: "base64_decode_tostring", parameters: ["string"], returns: "string", nulls: "propagate", run: "base64DecodeTostring", page: "base64-decode-tostring-function" },
  { name: "isempty", parameters: ["any"], returns: "bool", nulls: "handles", total: true, run: "isempty", page: "isempty-function" },
  { name: "isnotempty", parameters: ["any"], returns: "bool", nulls: "handles", total: true, run: "isnotempty", page: "isnotempty-function" },
];
