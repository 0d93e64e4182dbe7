import { State } from "../gen/muster/presence/v1/state_pb";
import type { Board, BoardRow } from "./model";
import { stateOf } from "./states";

/** The index of the row's interval that holds the offset; -1 if the row has none there. */
export function intervalAt(row: BoardRow, offsetMs: number): number {
  const { starts } = row;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offsetMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function stateAt(row: BoardRow, offsetMs: number): State {
  const code = row.codes[intervalAt(row, offsetMs)];
  return code === undefined ? State.UNOBSERVED : stateOf(code);
}

/** How many agents are in each state at the offset, indexed by state. They sum to the number of rows. */
export function countsAt(board: Board, offsetMs: number): number[] {
  const counts = new Array<number>(8).fill(0);
  for (const row of board.rows) {
    const state = stateAt(row, offsetMs);
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/** Up to where the day has happened: now on the running day, its end on a past one, its start on one to come. */
export function latestOffset(board: Board, nowMs: number): number {
  return Math.min(Math.max(nowMs + board.skewMs - board.startMs, 0), board.lengthMs);
}

export function holdsNow(board: Board, nowMs: number): boolean {
  const offset = nowMs + board.skewMs - board.startMs;
  return offset >= 0 && offset < board.lengthMs;
}

/** The newest instant at which anybody changed, as far as this board knows, since 1970. */
export function newestChangeMs(board: Board): number | null {
  let newest: number | null = null;
  for (const row of board.rows) {
    if (row.lastChangeMs !== null && (newest === null || row.lastChangeMs > newest)) newest = row.lastChangeMs;
  }
  return newest;
}
