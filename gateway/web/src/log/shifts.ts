import { epochMs } from "../board/model";
import { State } from "../gen/muster/presence/v1/state_pb";
import type { AgentTimeline_Interval as Interval } from "../gen/muster/presence/v1/timeline_service_pb";
import { Shift_State, type Shift } from "../gen/muster/roster/v1/shift_pb";

/** What came of a shift as far as it has passed, by instants since 1970. */
export interface ShiftFacts {
  readonly shift: Shift;
  readonly startMs: number;
  readonly endMs: number;
  /** Since when somebody was there who was seen within the shift; null if nobody was. */
  readonly firstMs: number | null;
  /** Until when; null if nobody was there, or still is. */
  readonly lastMs: number | null;
  /** How long somebody was there within the shift. */
  readonly presentMs: number;
  /** How long nobody knows within the shift. */
  readonly unknownMs: number;
  /** How much of the shift has passed. */
  readonly passedMs: number;
}

const PRESENT: ReadonlySet<State> = new Set([State.ONLINE, State.BUSY, State.WRAP_UP, State.BREAK]);

interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** Sets each published shift against what was seen. */
export function shiftFacts(shifts: readonly Shift[], intervals: readonly Interval[], passedMs: number): ShiftFacts[] {
  const present = stretches(intervals, (state) => PRESENT.has(state), passedMs);
  const unknown = stretches(intervals, (state) => state === State.UNOBSERVED, passedMs);
  return shifts.filter(({ state }) => state !== Shift_State.CANCELLED).map((shift) => {
    const startMs = epochMs(shift.startTime) ?? 0;
    const endMs = epochMs(shift.endTime) ?? startMs;
    const seen = present.filter((stretch) => stretch.startMs < endMs && stretch.endMs > startMs);
    const lastMs = seen.at(-1)?.endMs ?? null;
    return {
      shift, startMs, endMs,
      firstMs: seen[0]?.startMs ?? null,
      lastMs: lastMs === passedMs ? null : lastMs,
      presentMs: lengthWithin(present, startMs, endMs),
      unknownMs: lengthWithin(unknown, startMs, endMs),
      passedMs: Math.min(Math.max(passedMs - startMs, 0), endMs - startMs),
    };
  });
}

/** The longest stretches of neighbouring intervals in such states, up to what has passed. */
function stretches(intervals: readonly Interval[], holds: (state: State) => boolean, passedMs: number): Stretch[] {
  const found: Stretch[] = [];
  for (const { state, startTime, endTime } of intervals) {
    const startMs = epochMs(startTime) ?? 0;
    const endMs = Math.min(epochMs(endTime) ?? startMs, passedMs);
    if (!holds(state) || endMs <= startMs) continue;
    const last = found.at(-1);
    if (last?.endMs === startMs) found[found.length - 1] = { startMs: last.startMs, endMs };
    else found.push({ startMs, endMs });
  }
  return found;
}

function lengthWithin(found: readonly Stretch[], fromMs: number, toMs: number): number {
  return found.reduce((sum, { startMs, endMs }) => sum + Math.max(Math.min(endMs, toMs) - Math.max(startMs, fromMs), 0), 0);
}
