import { WaitingSchema, type Waiting } from "../gen/muster/gateway/v1/board_service_pb";
import { siteOf, sitesQuery } from "./heatmap";
import { get } from "./http";

/** Gets how the queues of one or several sites stand, with the names that people read. */
export function getWaiting(sites: readonly string[], signal?: AbortSignal): Promise<Waiting> {
  return get(WaitingSchema, `/v1/${siteOf(sites)}/waiting`, sitesQuery(sites), signal);
}
