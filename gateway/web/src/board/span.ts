import type { Span } from "../api/heatmap";
import type { View } from "../app/view";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * What a view asks the server for. The last 24 hours begin on a full hour and reach into the running one, so that now
 * moves on within them and they are asked for anew once an hour.
 */
export function spanOfView({ day, zone, axis, range }: View, nowMs: number): Span {
  if (range !== null) {
    const startMs = Math.floor(range.startMs / MINUTE_MS) * MINUTE_MS;
    return { day: null, zone, isOperatingDay: false, range: { startMs, endMs: startMs + range.lengthMs } };
  }
  if (axis === "last24") {
    const hour = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
    return { day: null, zone, isOperatingDay: false, range: { startMs: hour - 24 * HOUR_MS, endMs: hour + HOUR_MS } };
  }
  return { day, zone, isOperatingDay: axis === "operation", range: null };
}
