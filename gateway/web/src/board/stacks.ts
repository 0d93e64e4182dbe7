import { State } from "../gen/muster/presence/v1/state_pb";
import type { Board, BoardRow } from "./model";
import { paintOf, PAINT_COUNT, SPARE_BUSY, WORK_AWAY, INFERRED_ONLINE, type AwayReasons, type Paint } from "./paints";

/** How many people were in each paint, and how many were planned to work, at instants `binMs` apart. */
export interface Stack {
  readonly binMs: number;
  readonly binCount: number;
  /** The count of paint p in bin b is [p * binCount + b]. */
  readonly counts: Int32Array;
  readonly planned: Int32Array;
  /** The most people that were present or planned at any instant: the scale, which holds while somebody zooms. */
  readonly most: number;
}

/** The paints of a stack from its foot up. Who is signed out or unobserved adds nothing to its height. */
export const STACKED: readonly Paint[] = [
  State.BUSY, SPARE_BUSY, State.WRAP_UP, State.ONLINE, INFERRED_ONLINE, State.BREAK, WORK_AWAY,
];

const LEAST_BIN_MS = 15_000;
const MOST_BINS = 5_760;

/** Counts the rows at the middle of each bin, up to `untilMs`. */
export function stackOf(board: Board, rows: readonly BoardRow[], away: AwayReasons, untilMs: number): Stack {
  const binMs = Math.max(LEAST_BIN_MS, board.lengthMs / MOST_BINS);
  const binCount = Math.ceil(board.lengthMs / binMs);
  const steps = new Int32Array(PAINT_COUNT * (binCount + 1));
  const plannedSteps = new Int32Array(binCount + 1);
  const bins: Bins = { binMs, binCount };
  const binFrom = (ms: number) => firstBin(bins, ms);
  for (const row of rows) {
    addRow(steps, row, away, untilMs, bins);
    for (const shift of row.shifts) addSpan(plannedSteps, 0, binFrom(shift.startMs), binFrom(shift.endMs), 1);
    for (const shift of row.shifts) {
      for (const { startMs, endMs } of shift.activities) addSpan(plannedSteps, 0, binFrom(startMs), binFrom(endMs), -1);
    }
  }
  const counts = new Int32Array(PAINT_COUNT * binCount);
  for (let paint = 1; paint < PAINT_COUNT; paint++) {
    sumUp(steps.subarray(paint * (binCount + 1)), counts.subarray(paint * binCount, (paint + 1) * binCount));
  }
  const planned = new Int32Array(binCount);
  sumUp(plannedSteps, planned);
  return { binMs, binCount, counts, planned, most: mostOf(counts, planned, binCount) };
}

/** How many people a stack shows at an instant. */
export function presentAt({ binMs, binCount, counts }: Stack, offsetMs: number): number {
  const bin = Math.min(Math.floor(offsetMs / binMs), binCount - 1);
  return STACKED.reduce((sum, paint) => sum + (counts[paint * binCount + bin] as number), 0);
}

/** How many were planned to work at an instant. */
export function plannedAt({ binMs, binCount, planned }: Stack, offsetMs: number): number {
  return planned[Math.min(Math.floor(offsetMs / binMs), binCount - 1)] as number;
}

type Bins = Pick<Stack, "binMs" | "binCount">;

/** The first bin whose middle lies at or after an instant. */
function firstBin({ binMs, binCount }: Bins, ms: number): number {
  return Math.min(Math.max(Math.ceil(ms / binMs - 0.5), 0), binCount);
}

function addRow(
  steps: Int32Array, { starts, codes }: BoardRow, away: AwayReasons, untilMs: number, bins: Bins,
): void {
  // The running bin shows what holds now, although its middle is yet to come.
  const nowBin = Math.min(Math.ceil(untilMs / bins.binMs), bins.binCount);
  for (let index = 0; index < starts.length; index++) {
    const next = starts[index + 1];
    const to = next === undefined || next >= untilMs ? nowBin : firstBin(bins, next);
    const paint = paintOf(codes[index] as number, away);
    addSpan(steps, paint * (bins.binCount + 1), firstBin(bins, starts[index] as number), to, 1);
  }
}

function addSpan(steps: Int32Array, base: number, from: number, to: number, by: number): void {
  if (to <= from) return;
  steps[base + from] = (steps[base + from] as number) + by;
  steps[base + to] = (steps[base + to] as number) - by;
}

function sumUp(steps: Int32Array, sums: Int32Array): void {
  let sum = 0;
  for (let bin = 0; bin < sums.length; bin++) {
    sum += steps[bin] as number;
    sums[bin] = sum;
  }
}

function mostOf(counts: Int32Array, planned: Int32Array, binCount: number): number {
  let most = 1;
  for (let bin = 0; bin < binCount; bin++) {
    const present = STACKED.reduce((sum, paint) => sum + (counts[paint * binCount + bin] as number), 0);
    most = Math.max(most, present, planned[bin] as number);
  }
  return most;
}
