import { epochMs } from "../../../board/model";
import type { AgentDay } from "../../../gen/muster/gateway/v1/board_service_pb";
import { Shift_State as ShiftState } from "../../../gen/muster/roster/v1/shift_pb";
import type { Piece } from "./pieces";

const HOUR_MS = 3_600_000;

export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** The shifts of the day that hold, by start. */
export function shiftsOf(day: AgentDay) {
  return day.shifts.filter(({ state }) => state !== ShiftState.CANCELLED).map((shift) => ({
    ...stretchOf(shift.startTime, shift.endTime),
    activities: shift.activities.map((activity) => ({
      kind: activity.kind, ...stretchOf(activity.startTime, activity.endTime),
    })),
  }));
}

export type OwnShift = ReturnType<typeof shiftsOf>[number];

function stretchOf(start: Parameters<typeof epochMs>[0], end: Parameters<typeof epochMs>[0]): Stretch {
  const startMs = epochMs(start) ?? 0;
  return { startMs, endMs: epochMs(end) ?? startMs };
}

/** What a recap is of: her shift once that is over, the day if it had none, or what has passed so far. */
export function recapOf(day: AgentDay, shifts: readonly Stretch[], nowMs: number): "over" | "ofDay" | "soFar" {
  const isDayOver = (epochMs(day.endTime) ?? nowMs) <= nowMs;
  if (shifts.length === 0) return isDayOver ? "ofDay" : "soFar";
  return isDayOver || shifts.every(({ endMs }) => endMs <= nowMs) ? "over" : "soFar";
}

/** The part of the day that is worth the width: her shifts and what she did, on full hours; the whole day if that is nothing. */
export function stripSpan(day: AgentDay, pieces: readonly Piece[], shifts: readonly Stretch[]): Stretch {
  const whole = stretchOf(day.startTime, day.endTime);
  const told = [...shifts, ...pieces.filter(({ look }) => look !== "offline" && look !== "unobserved")];
  if (told.length === 0) return whole;
  const first = Math.min(...told.map(({ startMs }) => startMs));
  const last = Math.max(...told.map(({ endMs }) => endMs));
  const hours = (ms: number) => (ms - whole.startMs) / HOUR_MS;
  return {
    startMs: Math.max(whole.startMs, whole.startMs + Math.floor(hours(first)) * HOUR_MS),
    endMs: Math.min(whole.endMs, whole.startMs + Math.ceil(hours(last)) * HOUR_MS),
  };
}

/** Where a stretch lies within a span, as shares of its length; null if it lies outside. */
export function placeIn(span: Stretch, { startMs, endMs }: Stretch): { from: number; length: number } | null {
  const from = Math.max(startMs, span.startMs);
  const to = Math.min(endMs, span.endMs);
  if (to <= from) return null;
  const whole = span.endMs - span.startMs;
  return { from: (from - span.startMs) / whole, length: (to - from) / whole };
}

/** The full hours of a span that are labelled, at most so many. */
export function hourMarks(span: Stretch, most: number): number[] {
  const count = Math.round((span.endMs - span.startMs) / HOUR_MS);
  const step = [1, 2, 3, 4, 6].find((hours) => count / hours <= most) ?? 12;
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => span.startMs + index * step * HOUR_MS);
}
