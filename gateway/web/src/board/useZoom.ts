import { useEffect, useMemo, useRef } from "react";
import type { ChangeView } from "../app/useView";
import type { TimeSpan } from "../app/view";
import type { Board } from "./model";
import { spanOf, within, type TimeWindow } from "./window";
import { Zoom } from "./zoom";

/** The address is written when the wheel has come to rest: browsers refuse to write it many times a second. */
const REST_MS = 300;

/** The zoom of a board, which opens as the address says and is written there. */
export function useZoom(board: Board | null, span: TimeSpan | null, changeView: ChangeView): Zoom {
  const zoom = useMemo(() => new Zoom(1), []);
  const written = useRef<string>("");
  const startMs = board?.startMs ?? null;
  const lengthMs = board?.lengthMs ?? 1;
  const wanted = span === null ? "" : `${span.startMs} ${span.lengthMs}`;
  const opened = useRef<string | null>(null);
  useEffect(() => {
    if (startMs === null) return;
    const range = `${startMs} ${lengthMs}`;
    // What was just written comes back from the address, and is no wish of anybody's.
    if (opened.current === range && wanted === written.current) return;
    opened.current = range;
    written.current = wanted;
    zoom.open(lengthMs, windowFrom(span, startMs, lengthMs));
  }, [zoom, startMs, lengthMs, wanted, span]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      const next = zoom.isWhole ? null : spanFrom(zoom.get(), startMs ?? 0);
      written.current = next === null ? "" : `${next.startMs} ${next.lengthMs}`;
      changeView({ zoom: next }, "replace");
    };
    const unsubscribe = zoom.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(write, REST_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [zoom, startMs, changeView]);
  return zoom;
}

/** The window that shows a span; null if it lies outside the range. */
export function windowFrom(span: TimeSpan | null, startMs: number, lengthMs: number): TimeWindow | null {
  if (span === null) return null;
  const fromMs = span.startMs - startMs;
  if (fromMs + span.lengthMs <= 0 || fromMs >= lengthMs) return null;
  return within(fromMs, span.lengthMs, lengthMs);
}

/** A window by its instants, to the second: more is not seen. */
function spanFrom(window: TimeWindow, startMs: number): TimeSpan {
  const seconds = (ms: number) => Math.round(ms / 1000) * 1000;
  return { startMs: seconds(startMs + window.fromMs), lengthMs: Math.max(seconds(spanOf(window)), 1000) };
}
