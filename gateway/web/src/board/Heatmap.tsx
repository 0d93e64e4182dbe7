import { useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Grouping, Look, RowSize } from "../app/view";
import { useTheme } from "../app/theme";
import { AriaRows } from "./AriaRows";
import type { BreakLimits } from "./breaks";
import { wallClock } from "./clock";
import { moveCursor, moveOfKey, positionOf, type Cursor } from "./cursor";
import { formatDay } from "./day";
import { holdsNow, latestOffset } from "./instant";
import { layOut, scrollTopToShow, type Layout } from "./layout";
import { groupOfLine, isGroupLine } from "./lines";
import type { LiveBoard } from "./live";
import { MiniMap } from "./MiniMap";
import type { Board } from "./model";
import type { AwayReasons } from "./paints";
import { plannedAt, presentAt } from "./stacks";
import { Tooltip } from "./Tooltip";
import { useAnchor } from "./useAnchor";
import { useCanvas } from "./useCanvas";
import { useDayLabels } from "./useDayLabels";
import { useElementSize } from "./useElementSize";
import { useGestures } from "./useGestures";
import type { ShownLines } from "./useLines";
import type { Marks } from "./useMarks";
import type { Stacks } from "./useStacks";
import { useToldHeaders } from "./useToldHeaders";
import { isWhole } from "./window";
import type { Zoom } from "./zoom";

export interface HeatmapProps {
  readonly board: Board;
  /** What its sites are called. */
  readonly title: string;
  readonly live: LiveBoard;
  readonly shown: ShownLines;
  readonly stacks: Stacks | null;
  readonly away: AwayReasons;
  readonly limits: BreakLimits;
  readonly marks: Marks;
  readonly look: Look;
  readonly grouping: Grouping;
  readonly zoom: Zoom;
  readonly now: number;
  readonly cursor: Cursor | null;
  readonly onCursor: (cursor: Cursor | null) => void;
  readonly rowSize: RowSize;
  readonly selectedRow: number;
  readonly picked: ReadonlySet<number>;
  readonly onOpen: (agent: string) => void;
  readonly onPick: (agent: string) => void;
  readonly onFold: (key: string) => void;
  readonly onEscape: () => void;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly isDimmed: boolean;
}

const isTouchScreen = window.matchMedia("(pointer: coarse)");

/** The range of a site on a canvas: exact intervals, read by pointer, finger or keyboard alike. */
export function Heatmap(props: HeatmapProps) {
  const { board, shown, now, cursor, onCursor, grid, zoom, look } = props;
  const { t, i18n } = useTranslation();
  const { theme } = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(grid);
  const window = useSyncExternalStore(zoom.subscribe, zoom.get);
  const [scrollTop, setScrollTop] = useState(0);
  const { lines } = shown;
  const latestMs = latestOffset(board, now);
  const told = useToldHeaders(board, props.away, props.limits, props.grouping, latestMs);
  const [tellsStates, tellsSites] = [holdsNow(board, now), told.sites.length > 0];
  const layout = useMemo(() => layOut({
    ...size, lines, rowSize: props.rowSize, isTouch: isTouchScreen.matches, hasStrip: true,
    tells: { states: tellsStates, sites: tellsSites },
  }), [size, lines, props.rowSize, tellsStates, tellsSites]);
  const position = positionOf(lines, cursor);
  const dayLabels = useDayLabels(board);
  const stripLabels = useStripLabels(board, props.stacks, Math.min(cursor?.offsetMs ?? latestMs, latestMs));

  useCanvas(canvas, {
    board, lines, layout, scrollTop, theme, now, window, look, dayLabels,
    groups: shown.groups.map(({ name, rows, isFolded }) => ({ name, count: rows.length, isFolded })),
    stacks: props.stacks?.ofGroups ?? [], strip: props.stacks?.all ?? null, stripLabels, away: props.away,
    hasPatterns: props.marks.hasPatterns, letters: props.marks.letters,
    untilMs: latestMs, told, isToday: tellsStates, nowLabel: wallClock(board, latestMs, false),
    cursorPosition: position, cursorMs: cursor?.offsetMs ?? 0, selectedRow: props.selectedRow, picked: props.picked,
  }, props.live);

  const press = (target: Cursor, picks: boolean) => {
    if (isGroupLine(target.line)) props.onFold(shown.groups[groupOfLine(target.line)]?.key ?? "");
    else if (picks || (target.by === "touch" && props.picked.size > 0)) props.onPick(agentOf(board, target));
    else if (target.by !== "touch") props.onOpen(agentOf(board, target));
  };
  const gestures = useGestures({
    grid, lines, layout, zoom, lengthMs: board.lengthMs, cursor, onCursor, onPress: press,
    onLongPress: (target) => {
      onCursor(null);
      if (!isGroupLine(target.line)) props.onPick(agentOf(board, target));
    },
  });
  useAnchor(grid, { board, lines, groups: shown.groups, layout }, shown.turn, position, scrollTop, setScrollTop);
  useKeyboardView(grid, layout, zoom, position, cursor);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveOfKey(event.key, event.shiftKey);
    if (move !== null) {
      const pageRows = Math.max(Math.floor(layout.plotHeight / layout.rowHeight) - 1, 1);
      onCursor(moveCursor({ board, lines, look, pageRows, latestMs }, cursor, move));
    } else if (event.key === "Enter" && cursor !== null) {
      press({ ...cursor, by: "keyboard" }, false);
    } else if (event.key === " " && cursor !== null && !isGroupLine(cursor.line)) {
      props.onPick(agentOf(board, cursor));
    } else if (event.key === "Escape") {
      onCursor(null);
      props.onEscape();
    } else {
      return;
    }
    event.preventDefault();
  };
  const range = board.day === null ? t("grid.range") : formatDay(board.day, i18n.language);
  const isTipShown = cursor !== null && position >= 0 && !(cursor.by === "touch" && (props.selectedRow >= 0 || props.picked.size > 0));
  return (
    <div className="heatmap-frame">
      <div
        className={`heatmap${props.isDimmed ? " dimmed" : ""}`} ref={grid} role="grid" tabIndex={0}
        aria-label={t("grid.label", { site: props.title, day: range })} aria-describedby="grid-instructions"
        aria-rowcount={lines.length + 1} aria-readonly="true" aria-multiselectable="true"
        aria-activedescendant={cursor === null ? undefined : "cursor-cell"} onKeyDown={onKeyDown}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)} {...gestures}
      >
        <canvas
          ref={canvas} aria-hidden="true" data-row-height={layout.rowHeight} data-header-width={layout.headerWidth}
          data-lines-top={layout.linesTop} data-from-ms={window.fromMs} data-to-ms={window.toMs}
        />
        <div className="scroll-length" role="presentation" ref={(element) => setHeight(element, layout)} />
        <AriaRows
          board={board} groups={shown.groups} stacks={props.stacks} look={look} cursor={cursor} position={position}
          latestMs={latestMs}
        />
      </div>
      <p id="grid-instructions" className="visually-hidden">{t("grid.instructions")}</p>
      {!isWhole(window, board.lengthMs) && props.stacks !== null && (
        <MiniMap board={board} stack={props.stacks.all} layout={layout} window={window} zoom={zoom} latestMs={latestMs} />
      )}
      {isTipShown && (
        <Tooltip
          board={board} groups={shown.groups} stacks={props.stacks} look={look} away={props.away} cursor={cursor}
          position={position} layout={layout} window={window} scrollTop={scrollTop} latestMs={latestMs} frame={grid}
          onOpen={props.onOpen} onClose={() => onCursor(null)}
        />
      )}
    </div>
  );
}

/** How many of the shown people are there at an instant, unless states are missing, and how many were planned. */
function useStripLabels(board: Board, stacks: Stacks | null, offsetMs: number): readonly string[] {
  const { t } = useTranslation();
  if (stacks === null) return [];
  const planned = plannedAt(stacks.all, offsetMs);
  const present = board.missingParts.length > 0 ? [] : [t("strip.present", { count: presentAt(stacks.all, offsetMs) })];
  return planned === 0 ? present : [...present, t("strip.planned", { count: planned })];
}

function agentOf(board: Board, cursor: Cursor): string {
  return board.rows[cursor.line]?.agent ?? "";
}

/** The style attribute is the style sheet's alone under our content policy; properties set by script are not. */
function setHeight(element: HTMLElement | null, layout: Layout): void {
  if (element !== null) element.style.height = `${Math.max(layout.contentHeight - layout.height, 0)}px`;
}

/** Scrolls and pans so that a cursor that keys moved is seen. */
function useKeyboardView(
  grid: RefObject<HTMLDivElement | null>, layout: Layout, zoom: Zoom, position: number, cursor: Cursor | null,
): void {
  const isKeyboard = cursor?.by === "keyboard";
  const offsetMs = cursor?.offsetMs ?? 0;
  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null || !isKeyboard || position < 0) return;
    element.scrollTop = scrollTopToShow(layout, element.scrollTop, position);
    zoom.reveal(offsetMs);
    // The layout changes with every size; only a move of the cursor scrolls.
  }, [grid, zoom, position, offsetMs, isKeyboard]);
}
