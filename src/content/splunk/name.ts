/** The longest name that the security content takes: Enterprise Security puts its own words around it. In characters. */
const longest = 67;

/**
 * A rule's name as Splunk's security content can hold it: a file, a macro and a stanza are called after it, so only letters,
 * digits and single blanks are left.
 */
export function contentName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .slice(0, longest)
    .trim();
  return plain === "" ? "Rule" : plain;
}

/** The file and the filter macro are called so: `Net Use` → `net_use`. */
export function fileStem(name: string): string {
  return name.toLowerCase().replaceAll(" ", "_");
}
