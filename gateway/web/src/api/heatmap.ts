import { HeatmapSchema, type Heatmap } from "../gen/muster/gateway/v1/board_service_pb";
import type { IsoDay } from "../board/day";
import { getBinary, type Query } from "./http";

/** Which stretch of time is wanted: a day of the calendar or of operation, or one between two instants. */
export interface Span {
  /** Null for the newest day that has data. */
  readonly day: IsoDay | null;
  /** Empty for the site's own. */
  readonly zone: string;
  readonly isOperatingDay: boolean;
  /** Instead of a day: [startMs, endMs) since 1970, on full minutes. */
  readonly range: { readonly startMs: number; readonly endMs: number } | null;
}

/** Gets a span of a site. */
export function getHeatmap(site: string, span: Span, signal?: AbortSignal): Promise<Heatmap> {
  return getBinary(HeatmapSchema, `/v1/${site}/heatmap`, spanQuery(span), signal);
}

/** The span as query fields; `prefix` where it is a part of another request. */
export function spanQuery({ day, zone, isOperatingDay, range }: Span, prefix = ""): Query {
  const fields: Query = zone === "" ? {} : { [`${prefix}timeZone`]: zone };
  if (range !== null) {
    fields[`${prefix}startTime`] = new Date(range.startMs).toISOString();
    fields[`${prefix}endTime`] = new Date(range.endMs).toISOString();
    return fields;
  }
  if (isOperatingDay) fields[`${prefix}axisStart`] = "AXIS_START_OPERATING_DAY";
  return day === null ? fields : { ...fields, ...dayFields(day, prefix) };
}

function dayFields(day: IsoDay, prefix: string): Query {
  const [year, month, date] = day.split("-").map(Number);
  return { [`${prefix}day.year`]: year ?? 0, [`${prefix}day.month`]: month ?? 0, [`${prefix}day.day`]: date ?? 0 };
}
