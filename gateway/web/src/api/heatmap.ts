import { HeatmapSchema, type Heatmap } from "../gen/muster/gateway/v1/board_service_pb";
import type { IsoDay } from "../board/day";
import type { LocalMinute, LocalRange } from "../board/local";
import { getBinary, type Query } from "./http";

/** Which stretch of time is wanted: a day of the calendar or of operation, or one between two instants or local times. */
export interface Span {
  /** Null for the newest day that has data. */
  readonly day: IsoDay | null;
  /** Empty for the site's own. */
  readonly zone: string;
  readonly isOperatingDay: boolean;
  /** Instead of a day: [startMs, endMs) since 1970, on full minutes. */
  readonly range: { readonly startMs: number; readonly endMs: number } | null;
  /** Instead of a day: as the clocks of the zone show it. */
  readonly local: LocalRange | null;
}

/** Gets a span of one or several sites. */
export function getHeatmap(sites: readonly string[], span: Span, signal?: AbortSignal): Promise<Heatmap> {
  return getBinary(HeatmapSchema, `/v1/${siteOf(sites)}/heatmap`, { ...spanQuery(span), ...sitesQuery(sites) }, signal);
}

/** What a request names as its site: several are listed beside it. */
export function siteOf(sites: readonly string[]): string {
  return sites.length === 1 ? (sites[0] as string) : "sites/-";
}

/** The sites as query fields; `prefix` where they are a part of another request. */
export function sitesQuery(sites: readonly string[], prefix = ""): Query {
  return sites.length === 1 ? {} : { [`${prefix}sites`]: sites };
}

/** The span as query fields; `prefix` where it is a part of another request. */
export function spanQuery({ day, zone, isOperatingDay, range, local }: Span, prefix = ""): Query {
  const fields: Query = zone === "" ? {} : { [`${prefix}timeZone`]: zone };
  if (range !== null) {
    fields[`${prefix}startTime`] = new Date(range.startMs).toISOString();
    fields[`${prefix}endTime`] = new Date(range.endMs).toISOString();
    return fields;
  }
  if (local !== null) {
    return { ...fields, ...localFields(local.from, `${prefix}localStart`), ...localFields(local.to, `${prefix}localEnd`) };
  }
  if (isOperatingDay) fields[`${prefix}axisStart`] = "AXIS_START_OPERATING_DAY";
  return day === null ? fields : { ...fields, ...dayFields(day, prefix) };
}

function dayFields(day: IsoDay, prefix: string): Query {
  const [year, month, date] = day.split("-").map(Number);
  return { [`${prefix}day.year`]: year ?? 0, [`${prefix}day.month`]: month ?? 0, [`${prefix}day.day`]: date ?? 0 };
}

function localFields(local: LocalMinute, field: string): Query {
  const [year, month, day, hours, minutes] = local.split(/[-T:]/).map(Number);
  const parts = { year, month, day, hours, minutes };
  return Object.fromEntries(Object.entries(parts).map(([part, value]) => [`${field}.${part}`, value ?? 0]));
}
