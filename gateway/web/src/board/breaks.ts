import { State } from "../gen/muster/presence/v1/state_pb";
import { intervalAt } from "./instant";
import type { Board, BoardRow } from "./model";
import { reasonOf, stateOf, type IntervalCode } from "./states";

/**
 * How many milliseconds a break may last, by the index of its reason among the board's; reasons without a limit are left
 * out. Null while that is not known.
 */
export type BreakLimits = ReadonlyMap<number, number> | null;

/** What a break is measured by. */
export interface BreakMeasure {
  readonly longestMs: number;
  /** By how much it is over that; less than nothing while it is not. */
  readonly overMs: number;
}

/** How long an interval's break had lasted at an offset; null for what is no break, or has no limit. */
export function breakMeasure(
  board: Board, row: BoardRow, index: number, offsetMs: number, limits: BreakLimits,
): BreakMeasure | null {
  const code = row.codes[index];
  const longestMs = code === undefined || stateOf(code) !== State.BREAK ? undefined : limits?.get(reasonOf(code));
  if (longestMs === undefined) return null;
  return { longestMs, overMs: offsetMs - begunMs(board, row, index) - longestMs };
}

/** Whether somebody is, at an offset, on a break for longer than the longest time of its reason. */
export function isOnLongBreak(board: Board, row: BoardRow, offsetMs: number, limits: BreakLimits): boolean {
  return (breakMeasure(board, row, intervalAt(row, offsetMs), offsetMs, limits)?.overMs ?? 0) > 0;
}

/** How many people are on a long break at an offset. */
export function longBreakCount(board: Board, offsetMs: number, limits: BreakLimits): number {
  return board.rows.reduce((count, row) => count + (isOnLongBreak(board, row, offsetMs, limits) ? 1 : 0), 0);
}

/** After which offset the next break becomes a long one if nothing else happens; infinity if none does. */
export function nextLongBreakMs(board: Board, latestMs: number, limits: BreakLimits): number {
  return board.rows.reduce((next, row) => {
    const measure = breakMeasure(board, row, intervalAt(row, latestMs), latestMs, limits);
    return measure === null || measure.overMs > 0 ? next : Math.min(next, latestMs - measure.overMs);
  }, Number.POSITIVE_INFINITY);
}

/** When an interval's state began, with the same reason, after the range's start: a mark that comes or goes ends no break. */
function begunMs(board: Board, row: BoardRow, index: number): number {
  let first = index;
  while (first > 0 && goesOn(row.codes[first - 1] as number, row.codes[index] as number)) first -= 1;
  const isLast = first === row.starts.length - 1;
  return isLast && row.lastChangeMs !== null ? row.lastChangeMs - board.startMs : (row.starts[first] as number);
}

function goesOn(before: IntervalCode, code: IntervalCode): boolean {
  return stateOf(before) === stateOf(code) && reasonOf(before) === reasonOf(code);
}
