import type { Column, ScalarType } from "../types/scalar-type.ts";

/**
 * Functions that every workspace of Microsoft Sentinel and every tenant of Defender XDR has, with the columns that they always
 * give. (Microsoft Sentinel: watchlists; Defender XDR: FileProfile)
 */
const functions: Readonly<Record<string, readonly Column[]>> = {
  _GetWatchlist: [
    ...columns("string", "_DTItemId", "SearchKey"),
    ...columns("dynamic", "WatchlistItem"),
    ...columns("datetime", "LastUpdatedTimeUTC"),
  ],
  FileProfile: [
    ...columns("string", "SHA1", "SHA256", "MD5"),
    ...columns("long", "FileSize", "GlobalPrevalence"),
    ...columns("datetime", "GlobalFirstSeen", "GlobalLastSeen"),
    ...columns("string", "Signer", "Issuer", "SignerHash"),
    ...columns("bool", "IsCertificateValid", "IsRootSignerMicrosoft"),
    ...columns("string", "SignatureState"),
    ...columns("bool", "IsExecutable"),
    ...columns("string", "ThreatName", "Publisher", "SoftwareName", "ProfileAvailability"),
  ],
};

function columns(type: ScalarType, ...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, type }));
}

/** The columns that a saved function always gives; there may be more. */
export function knownFunctionColumns(name: string): readonly Column[] | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

export function knownFunctions(): readonly string[] {
  return Object.keys(functions);
}
