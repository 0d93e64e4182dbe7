import { AgentDaySchema, type AgentDay } from "../gen/muster/gateway/v1/board_service_pb";
import { get, type Query } from "./http";

export type { AgentDay };

/** Gets the caller's own day of operation, today's unless one is named. */
export function getMyDay(agent: string, signal?: AbortSignal): Promise<AgentDay> {
  const query: Query = { axisStart: "AXIS_START_OPERATING_DAY" };
  return get(AgentDaySchema, `/v1/${agent}/day`, query, signal);
}
