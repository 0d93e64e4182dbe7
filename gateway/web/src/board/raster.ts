import { State } from "../gen/muster/presence/v1/state_pb";
import { intervalAt } from "./instant";
import type { BoardColumn, BoardRow } from "./model";
import { paintOf, PAINT_COUNT, type AwayReasons } from "./paints";
import { BLANK, type Runs } from "./runs";

/** Which part of the range a strip of pixels shows. */
export interface Strip {
  readonly startMs: number;
  readonly msPerPixel: number;
  /** Nothing is painted from here on. */
  readonly untilMs: number;
  readonly away: AwayReasons;
}

const weights = new Float64Array(PAINT_COUNT);

/**
 * Paints one row, in device pixels. A pixel that several intervals share takes the one that holds most of it, but an
 * observed one before an unobserved one: a call of ten seconds in an unobserved hour stays visible.
 */
export function rasterizeRow(row: BoardRow, strip: Strip, runs: Runs): void {
  const { starts, codes } = row;
  const visible = visiblePixels(strip, runs.width);
  runs.clear();
  if (starts.length === 0) runs.extend(State.UNOBSERVED, visible);
  let index = Math.max(intervalAt(row, strip.startMs), 0);
  let pixel = starts.length === 0 ? visible : 0;
  while (pixel < visible) {
    const endMs = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    const wholeUntil = Math.min(Math.floor((endMs - strip.startMs) / strip.msPerPixel), visible);
    if (wholeUntil > pixel) {
      runs.extend(paintOf(codes[index] as number, strip.away), wholeUntil);
      pixel = wholeUntil;
    } else {
      const fromMs = strip.startMs + pixel * strip.msPerPixel;
      const toMs = fromMs + strip.msPerPixel;
      pixel += 1;
      if (endMs < toMs && (starts[index + 2] ?? Number.POSITIVE_INFINITY) > toMs) {
        runs.extend(heavierOf(
          paintOf(codes[index] as number, strip.away), endMs - Math.max(starts[index] as number, fromMs),
          paintOf(codes[index + 1] as number, strip.away), toMs - endMs,
        ), pixel);
        index += 1;
      } else {
        index = weigh(row, strip.away, fromMs, toMs, index);
        runs.extend(heaviest(HARDLY), pixel);
      }
    }
  }
  runs.extend(BLANK, runs.width);
}

/** Paints one row as a cell for each column, in the paint that holds most of it; between cells lies a blank pixel. */
export function rasterizeCells(
  row: BoardRow, columns: readonly BoardColumn[], lengthMs: number, strip: Strip, runs: Runs,
): void {
  const visible = visiblePixels(strip, runs.width);
  runs.clear();
  columns.forEach(({ offsetMs }, index) => {
    const endMs = columns[index + 1]?.offsetMs ?? lengthMs;
    const from = Math.round((offsetMs - strip.startMs) / strip.msPerPixel) + 1;
    const to = Math.min(Math.round((endMs - strip.startMs) / strip.msPerPixel), visible);
    if (to <= Math.max(from, 0)) return;
    runs.extend(BLANK, from);
    runs.extend(dominantPaint(row, strip.away, offsetMs, Math.min(endMs, strip.untilMs)), to);
  });
  runs.extend(BLANK, runs.width);
}

/** The paint that holds most of a span; of equal ones the first. */
export function dominantPaint(row: BoardRow, away: AwayReasons, fromMs: number, toMs: number): number {
  if (row.starts.length === 0) return State.UNOBSERVED;
  weigh(row, away, fromMs, toMs, Math.max(intervalAt(row, fromMs), 0));
  return heaviest(FULLY);
}

function visiblePixels({ startMs, msPerPixel, untilMs }: Strip, count: number): number {
  return Math.min(count, Math.max(0, Math.round((untilMs - startMs) / msPerPixel)));
}

/** The same for a pixel that two intervals share, as most shared ones are; of equal ones the first paint. */
function heavierOf(first: number, firstMs: number, second: number, secondMs: number): number {
  if (firstMs <= 0 || first === State.UNOBSERVED) return second;
  if (second === State.UNOBSERVED) return first;
  if (firstMs === secondMs) return Math.min(first, second);
  return firstMs > secondMs ? first : second;
}

/** Weighs the intervals within a span and returns the one that goes on after it. */
function weigh(row: BoardRow, away: AwayReasons, fromMs: number, toMs: number, first: number): number {
  weights.fill(0);
  const { starts, codes } = row;
  for (let index = first; ; index++) {
    const startMs = Math.max(starts[index] as number, fromMs);
    const nextMs = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    const paint = paintOf(codes[index] as number, away);
    weights[paint] = (weights[paint] as number) + Math.max(Math.min(nextMs, toMs) - startMs, 0);
    if (nextMs > toMs) return index;
    if (nextMs === toMs) return index + 1;
  }
}

/** How much unobserved time counts against observed. */
const FULLY = 1;
const HARDLY = 1e-9;

function heaviest(unobservedShare: number): number {
  let best = State.UNOBSERVED as number;
  let bestWeight = 0;
  for (let paint = 1; paint < PAINT_COUNT; paint++) {
    const weight = (weights[paint] as number) * (paint === State.UNOBSERVED ? unobservedShare : 1);
    if (weight > bestWeight) {
      best = paint;
      bestWeight = weight;
    }
  }
  return best;
}
