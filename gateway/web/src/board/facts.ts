import type { Activity, State } from "../gen/muster/presence/v1/state_pb";
import { State as States } from "../gen/muster/presence/v1/state_pb";
import { intervalAt } from "./instant";
import type { Board, BoardRow } from "./model";
import { activityOf, hasCapacity, marksOf, reasonOf, stateOf, type IntervalCode } from "./states";

/** All that is known of one interval: what hovering, tapping and the keyboard tell alike. */
export interface Facts {
  readonly state: State;
  readonly code: IntervalCode;
  /** A sum of Mark values. */
  readonly marks: number;
  readonly reason: string;
  /** Is busy, and could take more. */
  readonly hasCapacity: boolean;
  readonly activity: Activity;
  /** Within the range, in milliseconds after its start. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The interval began before the range did. */
  readonly startsBefore: boolean;
  /** The interval goes on: no end has been reported. */
  readonly isOpen: boolean;
  readonly durationMs: number;
  readonly index: number;
}

/** The facts of the row's interval at an offset; null for a row without intervals. */
export function factsAt(board: Board, row: BoardRow, offsetMs: number, latestMs: number): Facts | null {
  const index = intervalAt(row, offsetMs);
  const code = row.codes[index];
  if (code === undefined) return null;
  const fromMs = row.starts[index] as number;
  const next = row.starts[index + 1];
  const toMs = next ?? latestMs;
  const startsBefore = index === 0 && (row.starts.length > 1 || (row.lastChangeMs ?? 0) < board.startMs);
  const isLast = index === row.starts.length - 1;
  const begunMs = isLast && row.lastChangeMs !== null ? row.lastChangeMs - board.startMs : fromMs;
  return {
    state: stateOf(code),
    code,
    marks: marksOf(code),
    reason: board.reasons[reasonOf(code)]?.code ?? "",
    hasCapacity: hasCapacity(code),
    activity: activityOf(code),
    fromMs,
    toMs,
    startsBefore: startsBefore && fromMs === 0,
    isOpen: next === undefined,
    durationMs: toMs - (stateOf(code) === States.UNOBSERVED ? fromMs : Math.min(begunMs, fromMs)),
    index,
  };
}

/** How long a row was in each state within one column. */
export interface CellFacts {
  readonly index: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Milliseconds by state; up to now they sum to the length of the cell. */
  readonly totals: readonly number[];
}

/** The facts of the row's cell at an offset; null for a row without intervals. */
export function cellFactsAt(board: Board, row: BoardRow, offsetMs: number, latestMs: number): CellFacts | null {
  const index = board.columns.findLastIndex((column) => column.offsetMs <= offsetMs);
  const column = board.columns[index];
  if (column === undefined || row.starts.length === 0) return null;
  const toMs = board.columns[index + 1]?.offsetMs ?? board.lengthMs;
  const totals = totalsWithin(row, column.offsetMs, Math.min(toMs, latestMs));
  return { index, fromMs: column.offsetMs, toMs, totals };
}

/** How long the row was in each state within [fromMs, toMs), indexed by state. */
export function totalsWithin(row: BoardRow, fromMs: number, toMs: number): number[] {
  const totals = new Array<number>(8).fill(0);
  for (let index = Math.max(intervalAt(row, fromMs), 0); index < row.starts.length; index++) {
    const start = Math.max(row.starts[index] as number, fromMs);
    if (start >= toMs) break;
    const state = stateOf(row.codes[index] as number);
    totals[state] = (totals[state] ?? 0) + Math.min(row.starts[index + 1] ?? toMs, toMs) - start;
  }
  return totals;
}
