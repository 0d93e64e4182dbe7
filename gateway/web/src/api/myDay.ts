import type { IsoDay } from "../board/day";
import { AgentDaySchema, type AgentDay } from "../gen/muster/gateway/v1/board_service_pb";
import { get, type Query } from "./http";

export type { AgentDay };

/** Gets the caller's own day of operation; today's for null. */
export function getMyDay(agent: string, day: IsoDay | null, signal?: AbortSignal): Promise<AgentDay> {
  const query: Query = { axisStart: "AXIS_START_OPERATING_DAY" };
  return get(AgentDaySchema, `/v1/${agent}/day`, day === null ? query : { ...query, ...dayQuery(day) }, signal);
}

function dayQuery(wanted: IsoDay): Query {
  const [year, month, day] = wanted.split("-").map(Number) as [number, number, number];
  return { "day.year": year, "day.month": month, "day.day": day };
}
