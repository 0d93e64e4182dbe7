import { HeatmapSchema, type Heatmap } from "../gen/muster/gateway/v1/board_service_pb";
import type { IsoDay } from "../board/day";
import { getBinary, type Query } from "./http";

/** Gets one day of a site; without a day the newest one that has data. */
export function getHeatmap(site: string, day: IsoDay | null, signal?: AbortSignal): Promise<Heatmap> {
  return getBinary(HeatmapSchema, `/v1/${site}/heatmap`, day === null ? {} : dayFields(day), signal);
}

function dayFields(day: IsoDay): Query {
  const [year, month, date] = day.split("-").map(Number);
  return { "day.year": year ?? 0, "day.month": month ?? 0, "day.day": date ?? 0 };
}
