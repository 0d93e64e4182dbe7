import { State } from "../gen/muster/presence/v1/state_pb";
import { intervalAt } from "./instant";
import type { BoardRow } from "./model";
import { paintOf } from "./states";

/** The paint of pixels that show nothing: the future, and rows whose intervals could not be had. */
export const BLANK = 0;

/** Which part of the day a strip of pixels shows. */
export interface Strip {
  readonly startMs: number;
  readonly msPerPixel: number;
  /** Nothing is painted from here on. */
  readonly untilMs: number;
}

const weights = new Float64Array(16);

/**
 * Paints one row into `line`, one paint (state and inferred mark) a device pixel. A pixel that several intervals share
 * takes the one that holds most of it, but an observed one before an unobserved one: a call of ten seconds in an
 * unobserved hour stays visible.
 */
export function rasterizeRow(row: BoardRow, strip: Strip, line: Uint8Array): void {
  const { starts, codes } = row;
  const visible = Math.min(line.length, Math.max(0, Math.round((strip.untilMs - strip.startMs) / strip.msPerPixel)));
  line.fill(BLANK, visible);
  if (starts.length === 0) {
    line.fill(State.UNOBSERVED, 0, visible);
    return;
  }
  let index = Math.max(intervalAt(row, strip.startMs), 0);
  let pixel = 0;
  while (pixel < visible) {
    const endMs = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    const wholeUntil = Math.min(Math.floor((endMs - strip.startMs) / strip.msPerPixel), visible);
    if (wholeUntil > pixel) {
      line.fill(paintOf(codes[index] as number), pixel, wholeUntil);
      pixel = wholeUntil;
    } else {
      index = shareOut(row, strip, pixel, index);
      line[pixel] = heaviest();
      pixel += 1;
    }
  }
}

/** Weighs the intervals within one pixel and returns the one that goes on after it. */
function shareOut(row: BoardRow, strip: Strip, pixel: number, first: number): number {
  weights.fill(0);
  const { starts, codes } = row;
  const fromMs = strip.startMs + pixel * strip.msPerPixel;
  const toMs = fromMs + strip.msPerPixel;
  for (let index = first; ; index++) {
    const startMs = Math.max(starts[index] as number, fromMs);
    const nextMs = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    const paint = paintOf(codes[index] as number);
    weights[paint] = (weights[paint] as number) + Math.min(nextMs, toMs) - startMs;
    if (nextMs > toMs) return index;
    if (nextMs === toMs) return index + 1;
  }
}

function heaviest(): number {
  let best = State.UNOBSERVED as number;
  let bestWeight = 0;
  for (let paint = 1; paint < weights.length; paint++) {
    const isObserved = (paint & 7) !== State.UNOBSERVED;
    const weight = (weights[paint] as number) * (isObserved ? 1 : 1e-9);
    if (weight > bestWeight) {
      best = paint;
      bestWeight = weight;
    }
  }
  return best;
}
