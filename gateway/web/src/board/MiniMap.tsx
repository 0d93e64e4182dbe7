import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "../app/theme";
import { wallClock } from "./clock";
import type { Layout } from "./layout";
import type { Board } from "./model";
import { PALETTES } from "./palette";
import { STACKED, type Stack } from "./stacks";
import { spanOf, type TimeWindow } from "./window";
import type { Zoom } from "./zoom";

interface MiniMapProps {
  readonly board: Board;
  readonly stack: Stack;
  readonly layout: Layout;
  readonly window: TimeWindow;
  readonly zoom: Zoom;
  readonly latestMs: number;
}

/** The whole range while a part of it is shown, with a frame round that part, which can be dragged. */
export function MiniMap({ board, stack, layout, window, zoom, latestMs }: MiniMapProps) {
  const { t } = useTranslation();
  const map = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const grip = useRef<number | null>(null);
  const canvas = useStackPicture(stack, board.lengthMs, layout.plotWidth, latestMs);
  useEffect(() => {
    map.current?.style.setProperty("left", `${layout.headerWidth}px`);
    map.current?.style.setProperty("width", `${layout.plotWidth}px`);
  }, [layout]);
  useEffect(() => {
    frame.current?.style.setProperty("left", `${(window.fromMs / board.lengthMs) * 100}%`);
    frame.current?.style.setProperty("width", `${(spanOf(window) / board.lengthMs) * 100}%`);
  }, [window, board]);
  const instantAt = (event: PointerEvent<HTMLDivElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return ((event.clientX - bounds.left) / bounds.width) * board.lengthMs;
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = instantAt(event);
    const isInside = at >= window.fromMs && at <= window.toMs;
    grip.current = isInside ? at - window.fromMs : spanOf(window) / 2;
    zoom.pan(at - grip.current - window.fromMs);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (grip.current !== null) zoom.pan(instantAt(event) - grip.current - zoom.get().fromMs);
  };
  const release = () => {
    grip.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -0.25, ArrowRight: 0.25, PageUp: -1, PageDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    zoom.pan(step * spanOf(window));
  };
  const span = `${wallClock(board, window.fromMs)} – ${wallClock(board, window.toMs)}`;
  return (
    <div
      className="mini-map" ref={map} role="slider" tabIndex={0} aria-label={t("map.label")} aria-valuemin={0}
      aria-valuemax={Math.round(board.lengthMs / 60_000)} aria-valuenow={Math.round(window.fromMs / 60_000)}
      aria-valuetext={span} title={t("map.hint")} onPointerDown={onPointerDown} onPointerMove={onPointerMove}
      onPointerUp={release} onPointerCancel={release} onKeyDown={onKeyDown} onDoubleClick={() => zoom.fit()}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <div className="mini-map-frame" ref={frame} />
    </div>
  );
}

const HEIGHT = 24;

function useStackPicture(stack: Stack, lengthMs: number, width: number, latestMs: number) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { theme } = useTheme();
  const until = Math.round((latestMs / lengthMs) * width);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context === null || context === undefined) return;
    [element.width, element.height] = [Math.max(Math.round(width), 1), HEIGHT];
    context.clearRect(0, 0, element.width, HEIGHT);
    for (let x = 0; x < until; x++) paintColumn(context, stack, x, ((x + 0.5) / width) * lengthMs, theme);
  }, [stack, lengthMs, width, until, theme]);
  return canvas;
}

function paintColumn(
  context: CanvasRenderingContext2D, stack: Stack, x: number, offsetMs: number, theme: keyof typeof PALETTES,
): void {
  const bin = Math.min(Math.floor(offsetMs / stack.binMs), stack.binCount - 1);
  let foot = HEIGHT;
  for (const paint of STACKED) {
    const height = ((stack.counts[paint * stack.binCount + bin] as number) / stack.most) * HEIGHT;
    context.fillStyle = PALETTES[theme].fills[paint];
    context.fillRect(x, foot - height, 1, height);
    foot -= height;
  }
}
