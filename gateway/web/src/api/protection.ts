import { ProtectionProfileSchema, type ProtectionProfile } from "../gen/muster/gateway/v1/protection_service_pb";
import { get, write } from "./http";

export type { ProtectionProfile };

/** Gets how the people of a site are protected. */
export function getProtectionProfile(site: string, signal?: AbortSignal): Promise<ProtectionProfile> {
  return get(ProtectionProfileSchema, `/v1/${site}/protectionProfile`, {}, signal);
}

/** Confirms, in the caller's own name, that she has read a version. */
export async function confirmProtectionProfile(name: string, version: bigint): Promise<void> {
  await write("POST", `/v1/${name}:confirm`, { version: String(version) });
}
