import { create } from "@bufbuild/protobuf";
import { boardFrom, type Board } from "../../../board/model";
import { NO_TIMELINES } from "../../../board/timelines";
import { HeatmapSchema, type AgentDay } from "../../../gen/muster/gateway/v1/board_service_pb";

/** Her day as a board on which nobody has a row: the log is told by its clock. */
export function boardOf({ site, day, timeZone, startTime, endTime, columns, serverTime }: AgentDay): Board {
  const span = { ...(day && { day }), ...(startTime && { startTime }), ...(endTime && { endTime }), ...(serverTime && { serverTime }) };
  return boardFrom(create(HeatmapSchema, { site, timeZone, columns, ...span }), NO_TIMELINES, Date.now());
}
