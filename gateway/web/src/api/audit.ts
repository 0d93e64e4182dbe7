import { ListAuditEntriesResponseSchema, type AuditEntry } from "../gen/muster/gateway/v1/audit_service_pb";
import { get } from "./http";

export type { AuditEntry };

export interface AuditSearch {
  readonly actor: string;
  readonly person: string;
  readonly method: string;
  /** As `2026-11-22T08:00:00.000Z`; empty for the beginning or now. */
  readonly startTime: string;
  readonly endTime: string;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** Asks for what comes before; empty on the last page. */
  readonly nextPageToken: string;
}

/** Lists a page of what was done and looked at, the newest first. */
export function listAuditEntries(search: AuditSearch, pageToken: string, signal: AbortSignal): Promise<AuditPage> {
  const query = Object.fromEntries(Object.entries({ ...search, pageToken }).filter(([, value]) => value !== ""));
  return get(ListAuditEntriesResponseSchema, "/v1/auditEntries", query, signal);
}
