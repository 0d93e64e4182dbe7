/** The part of the board's range that the plot shows, in milliseconds after the range's start. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The shortest part that can be shown: within it a screen's pixel is some tens of milliseconds. */
export const LEAST_SPAN_MS = 60_000;

export function wholeOf(lengthMs: number): TimeWindow {
  return { fromMs: 0, toMs: lengthMs };
}

export function spanOf(window: TimeWindow): number {
  return window.toMs - window.fromMs;
}

export function isWhole(window: TimeWindow, lengthMs: number): boolean {
  return window.fromMs <= 0 && window.toMs >= lengthMs;
}

/** Shows `factor` times as much time, and the anchor where it was: what is under the pointer stays there. */
export function zoomedAbout(window: TimeWindow, lengthMs: number, anchorMs: number, factor: number): TimeWindow {
  const span = Math.min(Math.max(spanOf(window) * factor, Math.min(LEAST_SPAN_MS, lengthMs)), lengthMs);
  const share = (anchorMs - window.fromMs) / spanOf(window);
  return within(anchorMs - share * span, span, lengthMs);
}

/** Shows as much time, so much later. */
export function pannedBy(window: TimeWindow, lengthMs: number, byMs: number): TimeWindow {
  return within(window.fromMs + byMs, spanOf(window), lengthMs);
}

/** Shows as much time, moved as little as lets the offset be seen. */
export function pannedTo(window: TimeWindow, lengthMs: number, offsetMs: number): TimeWindow {
  const margin = spanOf(window) / 12;
  if (offsetMs < window.fromMs) return within(offsetMs - margin, spanOf(window), lengthMs);
  if (offsetMs > window.toMs) return within(offsetMs + margin - spanOf(window), spanOf(window), lengthMs);
  return window;
}

/** The window of such a span that begins as near to `fromMs` as the range allows. */
export function within(fromMs: number, spanMs: number, lengthMs: number): TimeWindow {
  const span = Math.min(spanMs, lengthMs);
  const from = Math.min(Math.max(fromMs, 0), lengthMs - span);
  return { fromMs: from, toMs: from + span };
}
