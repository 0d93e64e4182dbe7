import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { formatDuration } from "./clock";
import type { LiveBoard } from "./live";
import { PALETTES, type Theme } from "./palette";
import { Painter } from "./painter";
import type { Ink, Scene } from "./scene";

export type CanvasScene = Omit<Scene, "freshness" | "dwell"> & { readonly theme: Theme; readonly now: number };

const FLASH_MS = 900;

/** Paints the scene whenever it changes, at most once a frame, and while a change's flash fades. */
export function useCanvas(canvas: RefObject<HTMLCanvasElement | null>, scene: CanvasScene, live: LiveBoard): void {
  const painter = useRef<{ theme: Theme; painter: Painter } | null>(null);
  const current = useRef(scene);
  const frame = useRef(0);
  const flashes = useRef(new Map<number, number>());
  current.current = scene;

  const schedule = useRef(() => undefined as void);
  schedule.current = () => {
    if (frame.current === 0) frame.current = requestAnimationFrame(paint);
  };

  const paint = () => {
    frame.current = 0;
    const element = canvas.current;
    if (element === null || current.current.layout.width === 0) return;
    painter.current = dressed(painter.current, element, current.current.theme);
    painter.current.painter.paint(completed(current.current, flashes.current), window.devicePixelRatio || 1);
    if (flashes.current.size > 0) schedule.current();
  };

  useLayoutEffect(() => schedule.current());
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  useEffect(() => {
    // The first paint may come before the letters do.
    void document.fonts.ready.then(() => {
      painter.current = null;
      schedule.current();
    });
  }, []);
  useEffect(() => live.onRows((rows) => {
    if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      const now = performance.now();
      for (const row of rows) flashes.current.set(row, now);
    }
    schedule.current();
  }), [live]);
}

function completed(scene: CanvasScene, flashes: Map<number, number>): Scene {
  const now = performance.now();
  for (const [row, since] of flashes) if (now - since > FLASH_MS) flashes.delete(row);
  const serverMs = scene.now + scene.board.skewMs;
  return {
    ...scene,
    freshness: (row) => {
      const since = flashes.get(row);
      return since === undefined ? 0 : Math.max(0, 1 - (now - since) / FLASH_MS);
    },
    dwell: (row) => (row.lastChangeMs === null ? "" : formatDuration(serverMs - row.lastChangeMs)),
  };
}

function dressed(
  known: { theme: Theme; painter: Painter } | null, canvas: HTMLCanvasElement, theme: Theme,
): { theme: Theme; painter: Painter } {
  if (known?.theme === theme) return known;
  if (known === null) return { theme, painter: new Painter(canvas, PALETTES[theme], inkOf(canvas)) };
  known.painter.dress(PALETTES[theme], inkOf(canvas));
  return { theme, painter: known.painter };
}

function inkOf(element: HTMLElement): Ink {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: read("--text"),
    muted: read("--muted"),
    grid: read("--line"),
    gridOnRows: read("--hour-line"),
    accent: read("--accent"),
    accentSoft: read("--accent-soft"),
    surface: read("--surface"),
    now: read("--text"),
    font: style.fontFamily,
  };
}
