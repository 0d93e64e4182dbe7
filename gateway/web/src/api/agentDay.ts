import { AgentDaySchema, type AgentDay } from "../gen/muster/gateway/v1/board_service_pb";
import { getOfPerson } from "./http";

/** Gets all that is known of one agent over [startMs, endMs): timeline, log, shifts and contacts, at once. */
export function getAgentDay(
  agent: string, startMs: number, endMs: number, zone: string, signal?: AbortSignal,
): Promise<AgentDay> {
  const query = {
    startTime: new Date(startMs).toISOString(),
    endTime: new Date(endMs).toISOString(),
    timeZone: zone,
  };
  return getOfPerson(AgentDaySchema, agent, `/v1/${agent}/day`, query, signal);
}
