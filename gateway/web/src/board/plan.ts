import type { Heatmap_Plan as Plan } from "../gen/muster/gateway/v1/board_service_pb";
import type { Activity_Kind as ActivityKind } from "../gen/muster/roster/v1/shift_pb";

/** A planned stretch of time, in milliseconds after the range's start; it may begin before and end after the range. */
export interface PlannedSpan {
  readonly startMs: number;
  readonly endMs: number;
}

export interface PlannedActivity extends PlannedSpan {
  readonly kind: ActivityKind;
}

export interface PlannedShift extends PlannedSpan {
  /** What lies within the shift besides work, by start. */
  readonly activities: readonly PlannedActivity[];
}

const SECOND_MS = 1_000;

/** The shifts of a plan in its order; none if the plan could not be had. */
export function plansFrom(plan: Plan | undefined): PlannedShift[] {
  if (plan === undefined) return [];
  let first = 0;
  return plan.startOffsetsSeconds.map((start, index) => {
    const count = plan.activityCounts[index] ?? 0;
    const activities = Array.from({ length: count }, (_, place) => activityAt(plan, first + place));
    first += count;
    return { startMs: start * SECOND_MS, endMs: (plan.endOffsetsSeconds[index] ?? start) * SECOND_MS, activities };
  });
}

function activityAt(plan: Plan, index: number): PlannedActivity {
  return {
    kind: plan.activityKinds[index] ?? 0,
    startMs: (plan.activityStartOffsetsSeconds[index] ?? 0) * SECOND_MS,
    endMs: (plan.activityEndOffsetsSeconds[index] ?? 0) * SECOND_MS,
  };
}

/** The shift that holds an offset. */
export function shiftAt(shifts: readonly PlannedShift[], offsetMs: number): PlannedShift | undefined {
  return shifts.find(({ startMs, endMs }) => startMs <= offsetMs && offsetMs < endMs);
}

/** What is planned within a shift at an offset besides work. */
export function activityIn(shift: PlannedShift, offsetMs: number): PlannedActivity | undefined {
  return shift.activities.find(({ startMs, endMs }) => startMs <= offsetMs && offsetMs < endMs);
}
