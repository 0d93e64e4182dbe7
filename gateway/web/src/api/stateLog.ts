import { ListStateLogResponseSchema, type ListStateLogResponse } from "../gen/muster/presence/v1/presence_service_pb";
import { getOfPerson } from "./http";

export const LOG_PAGE_SIZE = 500;

/** Lists one page of an agent's log over [startMs, endMs). */
export function listStateLog(
  agent: string, startMs: number, endMs: number, pageToken: string, signal?: AbortSignal,
): Promise<ListStateLogResponse> {
  const query = {
    startTime: new Date(startMs).toISOString(),
    endTime: new Date(endMs).toISOString(),
    pageSize: LOG_PAGE_SIZE,
  };
  const paged = pageToken === "" ? query : { ...query, pageToken };
  return getOfPerson(ListStateLogResponseSchema, agent, `/v1/${agent}/stateLog`, paged, signal);
}
