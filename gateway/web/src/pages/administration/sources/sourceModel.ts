import { SourceSigning_Scheme } from "../../../gen/muster/gateway/v1/source_service_pb";
import type { SigningWire, Source, SourceFields } from "../../../api/sources";

export const SCHEMES = ["SCHEME_HMAC_SHA256", "SCHEME_API_KEY", "SCHEME_BASIC"] as const;

export type Scheme = (typeof SCHEMES)[number];

/** What the form of a source holds. */
export interface SourceValues extends SourceFields {
  readonly sourceId: string;
  readonly site: string | undefined;
}

/** What the form of a source begins with; of a new one, with a signature in Muster's own form. */
export function sourceValues(source: Source | null, site: string | undefined): SourceValues {
  if (source === null) return { sourceId: "", site, displayName: "", signing: { scheme: "SCHEME_HMAC_SHA256" } };
  const { header = "", timestampHeader = "", signedText = "" } = source.signing ?? {};
  return { sourceId: "", site: source.site, displayName: source.displayName, signing: { scheme: schemeOf(source), header, timestampHeader, signedText } };
}

export function schemeOf({ signing }: Source): Scheme {
  switch (signing?.scheme) {
    case SourceSigning_Scheme.API_KEY: return "SCHEME_API_KEY";
    case SourceSigning_Scheme.BASIC: return "SCHEME_BASIC";
    default: return "SCHEME_HMAC_SHA256";
  }
}

/** What is set of how a source proves itself: nothing that its scheme does not know. */
export function signingOf({ scheme, header = "", timestampHeader = "", signedText = "" }: SigningWire): SigningWire {
  if (scheme === "SCHEME_BASIC") return { scheme };
  return scheme === "SCHEME_API_KEY" ? { scheme, header } : { scheme, header, timestampHeader, signedText };
}

/** Whether an event that somebody recorded is refused when it is sent again later: whether its time is signed. */
export function limitsReplay(source: Source): boolean {
  return schemeOf(source) === "SCHEME_HMAC_SHA256" && (source.signing?.signedText ?? "").includes("{timestamp}");
}

/** The number of a mapping's version: 3 of `sources/pbx/mappings/3`; 0 for none. */
export function versionOf(mapping: string): number {
  return mapping === "" ? 0 : Number(mapping.slice(mapping.lastIndexOf("/") + 1));
}
