import { toJson, type JsonValue } from "@bufbuild/protobuf";
import { ListQueuesResponseSchema } from "../gen/muster/dispatch/v1/contact_service_pb";
import { QueueSchema, type Queue } from "../gen/muster/dispatch/v1/queue_pb";
import {
  ListProtectionProfileVersionsResponseSchema, ListProtectionRuleSetsResponseSchema, ProtectionProfileSchema,
  type ProtectionProfile, type ProtectionRules, type ProtectionRuleSet,
} from "../gen/muster/gateway/v1/protection_service_pb";
import { PresencePolicySchema, type PresencePolicy } from "../gen/muster/presence/v1/policy_service_pb";
import { get, write } from "./http";
import { listAll } from "./paging";

export type { PresencePolicy, ProtectionProfile, ProtectionRules, ProtectionRuleSet, Queue };

/** A message as the wire writes it, in which forms hold what they do not show as well. */
export type Wire = Record<string, JsonValue>;

/** Gets the policy of a site: the one in force, or a version that was. */
export function getPolicyVersion(site: string, version: number, signal: AbortSignal): Promise<PresencePolicy> {
  return get(PresencePolicySchema, `/v1/${site}/presencePolicy`, version === 0 ? {} : { version }, signal);
}

export function wireOfPolicy(policy: PresencePolicy): Wire {
  return toJson(PresencePolicySchema, policy) as Wire;
}

export function setPolicy(site: string, policy: Wire): Promise<unknown> {
  const { startTime: _, author: __, ...rest } = policy;
  return write("PUT", `/v1/${site}/presencePolicy`, rest);
}

export function listQueues(site: string, signal: AbortSignal): Promise<Queue[]> {
  return listAll((page) => get(ListQueuesResponseSchema, `/v1/${site}/queues`, page, signal), ({ queues }) => queues);
}

export function wireOfQueue(queue: Queue): Wire {
  return toJson(QueueSchema, queue) as Wire;
}

export function applyQueue(queue: Wire): Promise<unknown> {
  const { applied: _, ...rest } = queue;
  return write("POST", "/v1/queues:apply", { queues: [rest] });
}

export function getProtection(site: string, signal: AbortSignal): Promise<ProtectionProfile> {
  return get(ProtectionProfileSchema, `/v1/${site}/protectionProfile`, {}, signal);
}

export function listProtectionVersions(site: string, signal: AbortSignal): Promise<ProtectionProfile[]> {
  const path = `/v1/${site}/protectionProfile/versions`;
  return listAll((page) => get(ListProtectionProfileVersionsResponseSchema, path, page, signal), ({ profiles }) => profiles);
}

export async function listRuleSets(signal: AbortSignal): Promise<ProtectionRuleSet[]> {
  return (await get(ListProtectionRuleSetsResponseSchema, "/v1/protectionRuleSets", {}, signal)).ruleSets;
}

export function setProtection(profile: Wire): Promise<unknown> {
  return write("PUT", `/v1/${String(profile["name"])}`, profile);
}
