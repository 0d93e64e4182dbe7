import { useEffect, useRef, type PointerEvent, type RefObject } from "react";
import type { Cursor } from "./cursor";
import { offsetAtX, positionAtY, type Layout } from "./layout";
import type { Line } from "./lines";
import { spanOf, type TimeWindow } from "./window";
import type { Zoom } from "./zoom";

/** What becomes of what hands do on the heatmap. */
export interface GestureSetting {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly lines: readonly Line[];
  readonly layout: Layout;
  readonly zoom: Zoom;
  readonly lengthMs: number;
  readonly cursor: Cursor | null;
  readonly onCursor: (cursor: Cursor | null) => void;
  /** A click that is no part of a double one; with Ctrl or Command it picks. */
  readonly onPress: (cursor: Cursor, picks: boolean) => void;
  readonly onLongPress: (cursor: Cursor) => void;
}

const WHEEL_FACTOR = 0.0016;
const LINE_PIXELS = 16;
const DRAG_PIXELS = 4;
const LONG_PRESS_MS = 480;
const DOUBLE_TAP_MS = 320;
const DOUBLE_CLICK_MS = 240;

interface Drag {
  readonly startX: number;
  readonly startY: number;
  x: number;
  y: number;
  isMoved: boolean;
}

/**
 * Hovering shows, a click opens, a drag pans, a wheel or a pinch zooms about where it is, a double click fits; a tap
 * shows, a long press picks. Over the names, and with Shift, a wheel scrolls the people.
 */
export function useGestures(setting: GestureSetting) {
  const current = useRef(setting);
  current.current = setting;
  const pointers = useRef(new Map<number, Drag>());
  const press = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const swallowsClick = useRef(false);
  const lastType = useRef("mouse");
  const lastTapMs = useRef(0);
  const opening = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useWheel(setting.grid, current);
  useEffect(() => {
    const { cursor, lines, onCursor } = current.current;
    if (cursor?.by === "pointer" && !lines.includes(cursor.line)) onCursor(null);
  }, [setting.lines]);

  const drop = (event: PointerEvent) => {
    clearTimeout(press.current);
    pointers.current.delete(event.pointerId);
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      lastType.current = event.pointerType;
      swallowsClick.current = false;
      if (event.button !== 0) return;
      const { clientX: x, clientY: y } = event;
      pointers.current.set(event.pointerId, { startX: x, startY: y, x, y, isMoved: false });
      clearTimeout(press.current);
      if (event.pointerType === "mouse" || pointers.current.size > 1) return;
      const target = targetAt(current.current, x, y, "touch");
      press.current = setTimeout(() => {
        swallowsClick.current = true;
        if (target !== null) current.current.onLongPress(target);
      }, LONG_PRESS_MS);
    },
    onPointerMove: (event: PointerEvent) => {
      const drag = pointers.current.get(event.pointerId);
      if (drag !== undefined) {
        if (movePointer(current.current, pointers.current, drag, event)) {
          clearTimeout(press.current);
          swallowsClick.current = true;
        }
      } else if (event.pointerType === "mouse") {
        current.current.onCursor(targetAt(current.current, event.clientX, event.clientY, "pointer"));
      }
    },
    onPointerUp: drop,
    onPointerCancel: drop,
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType !== "mouse" || pointers.current.size > 0) return;
      if (current.current.cursor?.by === "pointer") current.current.onCursor(null);
    },
    onClick: (event: React.MouseEvent) => {
      if (swallowsClick.current) return;
      const isTap = lastType.current === "touch";
      const target = targetAt(current.current, event.clientX, event.clientY, isTap ? "touch" : "pointer");
      const isDouble = isTap && event.timeStamp - lastTapMs.current < DOUBLE_TAP_MS;
      lastTapMs.current = event.timeStamp;
      if (isDouble) current.current.zoom.fit();
      current.current.onCursor(target);
      clearTimeout(opening.current);
      if (target === null) return;
      const open = () => current.current.onPress(target, event.ctrlKey || event.metaKey);
      // While zoomed the second half of a double click may follow, and means something else.
      if (isTap || current.current.zoom.isWhole) open();
      else opening.current = setTimeout(open, DOUBLE_CLICK_MS);
    },
    onDoubleClick: () => {
      clearTimeout(opening.current);
      current.current.zoom.fit();
    },
  };
}

/** The line and the instant at a place of the window. */
function targetAt(setting: GestureSetting, clientX: number, clientY: number, by: Cursor["by"]): Cursor | null {
  const { grid, layout, lines, zoom, lengthMs } = setting;
  const element = grid.current;
  if (element === null) return null;
  const frame = element.getBoundingClientRect();
  const position = positionAtY(layout, element.scrollTop, clientY - frame.top);
  const x = clientX - frame.left;
  const line = lines[position];
  if (line === undefined || x > layout.width) return null;
  const offsetMs = Math.min(offsetAtX(layout, zoom.get(), x), lengthMs - 1);
  return { line, position, offsetMs, by };
}

/** Pans with one pointer and pinches with two; tells whether it was more than a trembling hand. */
function movePointer(
  setting: GestureSetting, pointers: Map<number, Drag>, drag: Drag, event: PointerEvent,
): boolean {
  const { clientX: x, clientY: y } = event;
  drag.isMoved ||= Math.hypot(x - drag.startX, y - drag.startY) > DRAG_PIXELS;
  if (!drag.isMoved) return false;
  const other = [...pointers.values()].find((pointer) => pointer !== drag);
  const { zoom, layout, grid } = setting;
  if (other !== undefined) {
    pinch(setting, other, drag, x);
  } else {
    zoom.pan(((drag.x - x) / Math.max(layout.plotWidth, 1)) * spanOf(zoom.get()));
    // A finger's way up and down is the browser's own scrolling.
    if (event.pointerType === "mouse" && grid.current !== null) grid.current.scrollTop += drag.y - y;
    if (!grid.current?.hasPointerCapture(event.pointerId)) grid.current?.setPointerCapture(event.pointerId);
    setting.onCursor(null);
  }
  drag.x = x;
  drag.y = y;
  return true;
}

const LEAST_PINCH_PIXELS = 24;

function pinch({ zoom, layout, grid }: GestureSetting, still: Drag, moved: Drag, x: number): void {
  const before = Math.max(Math.abs(moved.x - still.x), LEAST_PINCH_PIXELS);
  const after = Math.max(Math.abs(x - still.x), LEAST_PINCH_PIXELS);
  const left = grid.current?.getBoundingClientRect().left ?? 0;
  zoom.about(instantAt(layout, zoom.get(), (x + still.x) / 2 - left), before / after);
}

function useWheel(grid: RefObject<HTMLDivElement | null>, current: RefObject<GestureSetting>): void {
  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      const { layout, zoom } = current.current;
      const x = event.clientX - element.getBoundingClientRect().left;
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
      if (x < layout.headerWidth && !event.ctrlKey) return;
      event.preventDefault();
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (event.shiftKey) {
        element.scrollTop += dx + dy;
      } else if (Math.abs(dx) > Math.abs(dy)) {
        zoom.pan((dx / Math.max(layout.plotWidth, 1)) * spanOf(zoom.get()));
      } else {
        // A pinch on a touch pad comes as a wheel with Ctrl, in much smaller steps.
        zoom.about(instantAt(layout, zoom.get(), x), Math.exp(dy * WHEEL_FACTOR * (event.ctrlKey ? 6 : 1)));
      }
    };
    // React listens passively, and could not keep the page from scrolling.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [grid, current]);
}

function instantAt(layout: Layout, window: TimeWindow, x: number): number {
  return offsetAtX(layout, window, Math.max(x, layout.headerWidth));
}
