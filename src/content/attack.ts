/** Tactics of MITRE ATT&CK, as Microsoft spells them. */
export const tactics = [
  "Reconnaissance",
  "ResourceDevelopment",
  "InitialAccess",
  "Execution",
  "Persistence",
  "PrivilegeEscalation",
  "DefenseEvasion",
  "CredentialAccess",
  "Discovery",
  "LateralMovement",
  "Collection",
  "CommandAndControl",
  "Exfiltration",
  "Impact",
  "PreAttack",
  "ImpairProcessControl",
  "InhibitResponseFunction",
] as const;

/** A tactic in whatever spelling (`Credential Access`, `credential-access`), as Microsoft spells it. */
export function tacticNamed(text: string): string | undefined {
  const plain = text.replace(/[^a-z]/gi, "").toLowerCase();
  return tactics.find((tactic) => tactic.toLowerCase() === plain);
}

export interface Techniques {
  /** `T1087` */
  readonly technique: string;
  /** `T1087.002` */
  readonly subTechniques: readonly string[];
}

/** Technique ids as given, without what is none. */
export function techniqueIds(texts: readonly string[] | undefined): readonly string[] {
  const ids = (texts ?? []).map((text) => text.trim().toUpperCase()).filter((id) => /^T\d{4}(?:\.\d{3})?$/.test(id));
  return [...new Set(ids)];
}

/** Sub-techniques under their techniques. */
export function byTechnique(ids: readonly string[]): readonly Techniques[] {
  const parents = [...new Set(ids.map((id) => id.slice(0, 5)))];
  return parents.map((technique) => ({ technique, subTechniques: ids.filter((id) => id.startsWith(`${technique}.`)) }));
}

/** The page of a technique. */
export function techniqueLink(id: string): string {
  return `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`;
}
