import { ListMyLooksResponseSchema, type ListMyLooksResponse } from "../gen/muster/gateway/v1/audit_service_pb";
import { get } from "./http";

const PAGE_SIZE = 20;

/** Lists one page of who looked at the caller's own agent, the latest first. */
export function listMyLooks(pageToken: string, signal?: AbortSignal): Promise<ListMyLooksResponse> {
  const query = pageToken === "" ? { pageSize: PAGE_SIZE } : { pageSize: PAGE_SIZE, pageToken };
  return get(ListMyLooksResponseSchema, "/v1/accounts/me/looks", query, signal);
}
