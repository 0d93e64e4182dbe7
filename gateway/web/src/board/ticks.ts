import { wallClock } from "./clock";
import type { Board } from "./model";
import type { TimeWindow } from "./window";

/** A line of the axis and the time that stands at it. */
export interface Tick {
  readonly offsetMs: number;
  readonly label: string;
  /** An hour starts here: the line is the stronger one. */
  readonly isHour: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const PARTS_OF_AN_HOUR = [SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE];
const HOURS = [1, 2, 3, 4, 6, 12, 24, 48];

/**
 * The ticks of a window whose labels lie at least `leastMs` apart. They count on from the columns, whose instants and
 * labels the server wrote: a day of 23 or 25 hours and a zone off the full hour need no rule here.
 */
export function ticksOf(board: Board, window: TimeWindow, leastMs: number): Tick[] {
  const part = PARTS_OF_AN_HOUR.find((step) => step >= leastMs);
  return part === undefined ? hourTicks(board, window, leastMs) : partTicks(board, window, part);
}

function hourTicks(board: Board, window: TimeWindow, leastMs: number): Tick[] {
  const step = HOURS.find((hours) => hours * HOUR >= leastMs) ?? 24 * 7;
  return board.columns
    .filter((_, index) => index % step === 0)
    .map(({ offsetMs, label }) => ({ offsetMs, label, isHour: true }))
    .filter(({ offsetMs }) => offsetMs >= window.fromMs && offsetMs <= window.toMs);
}

function partTicks(board: Board, window: TimeWindow, step: number): Tick[] {
  const ticks: Tick[] = [];
  board.columns.forEach((column, index) => {
    const end = board.columns[index + 1]?.offsetMs ?? board.lengthMs;
    if (end <= window.fromMs || column.offsetMs > window.toMs) return;
    const first = Math.max(Math.ceil((window.fromMs - column.offsetMs) / step), 0);
    for (let offsetMs = column.offsetMs + first * step; offsetMs < Math.min(end, window.toMs + 1); offsetMs += step) {
      ticks.push({ offsetMs, label: wallClock(board, offsetMs, step < MINUTE), isHour: offsetMs === column.offsetMs });
    }
  });
  return ticks;
}
