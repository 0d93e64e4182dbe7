import type { Span } from "../api/heatmap";
import type { View } from "../app/view";

const HOUR_MS = 3_600_000;

/**
 * What a view asks the server for. The last 24 hours begin on a full hour and reach into the running one, so that now
 * moves on within them and they are asked for anew once an hour.
 */
export function spanOfView({ day, zone, axis, range }: View, nowMs: number): Span {
  const none = { day: null, zone, isOperatingDay: false, range: null, local: null };
  if (range !== null) return { ...none, local: range };
  if (axis === "last24") {
    const hour = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
    return { ...none, range: { startMs: hour - 24 * HOUR_MS, endMs: hour + HOUR_MS } };
  }
  return { ...none, day, isOperatingDay: axis === "operation" };
}
