import { PresencePolicySchema, type PresencePolicy } from "../gen/muster/presence/v1/policy_service_pb";
import { get } from "./http";

/** Gets the rules by which presence judges a site. */
export function getPresencePolicy(site: string, signal?: AbortSignal): Promise<PresencePolicy> {
  return get(PresencePolicySchema, `/v1/${site}/presencePolicy`, {}, signal);
}
