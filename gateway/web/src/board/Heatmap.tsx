import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { RowSize } from "../app/view";
import { useTheme } from "../app/theme";
import { AriaRows } from "./AriaRows";
import { wallClock } from "./clock";
import { moveCursor, moveOfKey, type Cursor } from "./cursor";
import { formatDay } from "./day";
import { holdsNow, latestOffset } from "./instant";
import { layOut, offsetAtX, positionAtY, scrollTopToShow, type Layout } from "./layout";
import type { LiveBoard } from "./live";
import type { Board } from "./model";
import { Tooltip } from "./Tooltip";
import { useCanvas } from "./useCanvas";
import { useElementSize } from "./useElementSize";

interface HeatmapProps {
  readonly board: Board;
  readonly live: LiveBoard;
  readonly order: readonly number[];
  readonly now: number;
  readonly cursor: Cursor | null;
  readonly onCursor: (cursor: Cursor | null) => void;
  readonly rowSize: RowSize;
  readonly selectedRow: number;
  readonly onOpen: (agent: string) => void;
  readonly onEscape: (() => void) | undefined;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly isDimmed: boolean;
}

const isTouchScreen = window.matchMedia("(pointer: coarse)");

/** The day of a site on a canvas: exact intervals, read by pointer, finger or keyboard alike. */
export function Heatmap(props: HeatmapProps) {
  const { board, order, now, cursor, onCursor, grid } = props;
  const { t, i18n } = useTranslation();
  const { theme } = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(grid);
  const [scrollTop, setScrollTop] = useState(0);
  const layout = layOut(size.width, size.height, order.length, props.rowSize, isTouchScreen.matches);
  const latestMs = latestOffset(board, now);
  const position = cursor === null ? -1 : order.indexOf(cursor.row);

  useCanvas(canvas, {
    board, order, layout, scrollTop, theme, now,
    untilMs: latestMs, isToday: holdsNow(board, now), nowLabel: wallClock(board, latestMs, false),
    cursorPosition: position, cursorMs: cursor?.offsetMs ?? 0, selectedRow: props.selectedRow,
  }, props.live);

  useKeyboardScroll(grid, layout, position, cursor);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveOfKey(event.key, event.shiftKey);
    if (move !== null) {
      const pageRows = Math.max(Math.floor(layout.plotHeight / layout.rowHeight) - 1, 1);
      onCursor(moveCursor(board, order, cursor, move, pageRows, latestMs));
    } else if (event.key === "Enter" && cursor !== null) {
      props.onOpen(board.rows[cursor.row]?.agent ?? "");
    } else if (event.key === "Escape") {
      onCursor(null);
      props.onEscape?.();
    } else {
      return;
    }
    event.preventDefault();
  };
  const pointer = usePointer({ ...props, layout, scrollTop, latestMs });
  const label = t("grid.label", { site: board.siteName, day: formatDay(board.day, i18n.language) });
  return (
    <>
      <div
        className={`heatmap${props.isDimmed ? " dimmed" : ""}`} ref={grid} role="grid" tabIndex={0} aria-label={label}
        aria-describedby="grid-instructions" aria-rowcount={order.length + 1} aria-readonly="true"
        aria-activedescendant={cursor === null ? undefined : "cursor-cell"} onKeyDown={onKeyDown}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)} {...pointer}
      >
        <canvas
          ref={canvas} aria-hidden="true" data-row-height={layout.rowHeight} data-header-width={layout.headerWidth}
          data-axis-height={layout.axisHeight}
        />
        <div className="scroll-length" role="presentation" ref={(element) => setHeight(element, layout)} />
        <AriaRows board={board} cursor={cursor} position={position} latestMs={latestMs} />
      </div>
      <p id="grid-instructions" className="visually-hidden">{t("grid.instructions")}</p>
      {cursor !== null && position >= 0 && !(cursor.by === "touch" && props.selectedRow >= 0) && (
        <Tooltip
          board={board} cursor={cursor} position={position} layout={layout} scrollTop={scrollTop} latestMs={latestMs}
          frame={grid} onOpen={props.onOpen} onClose={() => onCursor(null)}
        />
      )}
    </>
  );
}

/** The style attribute is the style sheet's alone under our content policy; properties set by script are not. */
function setHeight(element: HTMLElement | null, layout: Layout): void {
  if (element !== null) element.style.height = `${Math.max(layout.contentHeight - layout.height, 0)}px`;
}

function useKeyboardScroll(
  grid: RefObject<HTMLDivElement | null>, layout: Layout, position: number, cursor: Cursor | null,
): void {
  const isKeyboard = cursor?.by === "keyboard";
  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null || !isKeyboard || position < 0) return;
    element.scrollTop = scrollTopToShow(layout, element.scrollTop, position);
    // The layout changes with every size; only a move of the cursor scrolls.
  }, [grid, position, isKeyboard]);
}

interface PointerSetting extends HeatmapProps {
  readonly layout: Layout;
  readonly scrollTop: number;
  readonly latestMs: number;
}

/** Hovering shows, a click opens; a tap shows, and what it shows has the button that opens. */
function usePointer({ board, order, layout, scrollTop, cursor, onCursor, onOpen, grid }: PointerSetting) {
  const at = useCallback((event: React.PointerEvent | React.MouseEvent, by: Cursor["by"]): Cursor | null => {
    const frame = grid.current?.getBoundingClientRect();
    if (frame === undefined) return null;
    const position = positionAtY(layout, scrollTop, order.length, event.clientY - frame.top);
    const x = event.clientX - frame.left;
    if (position < 0 || x > layout.width) return null;
    const offsetMs = Math.min(offsetAtX(layout, board.lengthMs, x), board.lengthMs - 1);
    return { row: order[position] as number, offsetMs, by };
  }, [board, order, layout, scrollTop, grid]);
  const lastType = useRef("mouse");
  useEffect(() => {
    if (cursor?.by === "pointer" && !order.includes(cursor.row)) onCursor(null);
  }, [order, cursor, onCursor]);
  return {
    onPointerDown: (event: React.PointerEvent) => {
      lastType.current = event.pointerType;
    },
    onPointerMove: (event: React.PointerEvent) => {
      if (event.pointerType === "mouse") onCursor(at(event, "pointer"));
    },
    onPointerLeave: (event: React.PointerEvent) => {
      if (event.pointerType === "mouse" && cursor?.by === "pointer") onCursor(null);
    },
    onClick: (event: React.MouseEvent) => {
      const isTap = lastType.current === "touch";
      const target = at(event, isTap ? "touch" : "pointer");
      onCursor(target);
      if (target !== null && !isTap) onOpen(board.rows[target.row]?.agent ?? "");
    },
  };
}
