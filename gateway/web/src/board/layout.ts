import type { RowSize } from "../app/view";
import { isGroupLine, type Line } from "./lines";
import { spanOf, type TimeWindow } from "./window";

/** Where the parts of the heatmap lie, in CSS pixels: the strip of all people, the axis, and the lines under it. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly headerWidth: number;
  readonly stripHeight: number;
  readonly axisHeight: number;
  /** Where the lines begin: under strip and axis. */
  readonly linesTop: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  /** The height of everything: what the scroll bar stands for. */
  readonly contentHeight: number;
  /** Where each line begins, under `linesTop`; one more for the end of the last. */
  readonly tops: Float64Array;
}

export interface LayoutInput {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly rowSize: RowSize;
  readonly isTouch: boolean;
  readonly hasStrip: boolean;
  /** What rows that are tall enough tell beside the names. */
  readonly tells: HeaderFacts;
}

export interface HeaderFacts {
  /** How somebody stands, in words, and for how long. */
  readonly states: boolean;
  readonly sites: boolean;
}

export const LEAST_ROW_HEIGHT = 4;
export const LARGEST_ROW_HEIGHT = 28;
export const GROUP_HEIGHT = 26;
/** From this height on a row has room for its name. */
export const NAMED_ROW_HEIGHT = 12;
/** From this height on a row tells how somebody stands. */
export const TELLING_ROW_HEIGHT = 20;
/** Room for the mini-map under the last line, so that it never hides one for good. */
export const FOOT_HEIGHT = 40;
/** A finger needs more room than a pointer. */
const TOUCH_ROW_HEIGHT = 28;
const AXIS_HEIGHT = 26;
const STRIP_HEIGHT = 56;
const NARROW_STRIP_HEIGHT = 40;
const NARROW_WIDTH = 600;

export function layOut({ width, height, lines, rowSize, isTouch, hasStrip, tells }: LayoutInput): Layout {
  const isNarrow = width < NARROW_WIDTH;
  const stripHeight = !hasStrip ? 0 : isNarrow || height < 480 ? NARROW_STRIP_HEIGHT : STRIP_HEIGHT;
  const linesTop = stripHeight + AXIS_HEIGHT;
  const plotHeight = Math.max(height - linesTop, 0);
  const groupCount = lines.reduce((count, line) => count + (isGroupLine(line) ? 1 : 0), 0);
  const rowsHeight = plotHeight - groupCount * GROUP_HEIGHT;
  const rowHeight = chooseRowHeight(rowsHeight, lines.length - groupCount, rowSize, isTouch);
  const headerWidth = chooseHeaderWidth(width, rowHeight, tells);
  const tops = topsOf(lines, rowHeight);
  const linesHeight = tops[lines.length] as number;
  return {
    width, height, rowHeight, headerWidth, stripHeight, axisHeight: AXIS_HEIGHT, linesTop, plotHeight, tops,
    plotWidth: Math.max(width - headerWidth, 0),
    contentHeight: linesTop + linesHeight + (linesHeight > plotHeight - FOOT_HEIGHT ? FOOT_HEIGHT : 0),
  };
}

/** The tallest height at which all rows fit, so that a floor is seen whole where that is possible. */
function chooseRowHeight(rowsHeight: number, rowCount: number, rowSize: RowSize, isTouch: boolean): number {
  if (rowSize === "roomy") return LARGEST_ROW_HEIGHT;
  const fitting = Math.floor(rowsHeight / Math.max(rowCount, 1));
  const least = isTouch ? TOUCH_ROW_HEIGHT : LEAST_ROW_HEIGHT;
  return Math.min(Math.max(fitting, least), LARGEST_ROW_HEIGHT);
}

/** Wide enough for what rows tell, and never so wide that it takes the room of what was done. */
function chooseHeaderWidth(width: number, rowHeight: number, { states, sites }: HeaderFacts): number {
  const isTelling = rowHeight >= TELLING_ROW_HEIGHT;
  if (width < NARROW_WIDTH) return Math.min(isTelling && states ? 124 : 104, width / 2);
  const wanted = 190 + (isTelling && states ? 110 : 0) + (isTelling && sites ? 84 : 0);
  return Math.min(wanted, Math.max(190, width * 0.28), width / 2);
}

function topsOf(lines: readonly Line[], rowHeight: number): Float64Array {
  const tops = new Float64Array(lines.length + 1);
  for (let position = 0; position < lines.length; position++) {
    tops[position + 1] = (tops[position] as number) + (isGroupLine(lines[position]) ? GROUP_HEIGHT : rowHeight);
  }
  return tops;
}

export interface LineSpan {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
}

export function visibleLines(layout: Layout, scrollTop: number): LineSpan {
  const count = layout.tops.length - 1;
  const first = Math.max(positionAtHeight(layout, scrollTop), 0);
  return { first, last: Math.min(positionAtHeight(layout, scrollTop + layout.plotHeight) + 1, count) };
}

/** Where a line begins on the canvas. */
export function yOfLine(layout: Layout, scrollTop: number, position: number): number {
  return layout.linesTop + (layout.tops[position] as number) - scrollTop;
}

export function heightOfLine(layout: Layout, position: number): number {
  return (layout.tops[position + 1] as number) - (layout.tops[position] as number);
}

/** The instant at a place of the plot, as an offset within the window. */
export function offsetAtX(layout: Layout, window: TimeWindow, x: number): number {
  const share = (x - layout.headerWidth) / Math.max(layout.plotWidth, 1);
  return window.fromMs + Math.min(Math.max(share, 0), 1) * spanOf(window);
}

/** Where an offset lies; outside the plot if the window does not hold it. */
export function xAtOffset(layout: Layout, window: TimeWindow, offsetMs: number): number {
  return layout.headerWidth + ((offsetMs - window.fromMs) / spanOf(window)) * layout.plotWidth;
}

/** The position of the line at a height of the viewport, or -1. */
export function positionAtY(layout: Layout, scrollTop: number, y: number): number {
  if (y < layout.linesTop) return -1;
  const position = positionAtHeight(layout, y - layout.linesTop + scrollTop);
  return position < layout.tops.length - 1 ? position : -1;
}

/** Where to scroll so that a line is seen; the same place if it is already. */
export function scrollTopToShow(layout: Layout, scrollTop: number, position: number): number {
  const top = layout.tops[position] as number;
  const bottom = layout.tops[position + 1] as number;
  if (top < scrollTop) return top;
  if (bottom > scrollTop + layout.plotHeight) return bottom - layout.plotHeight;
  return scrollTop;
}

/** The last line that begins at or above a height; their number where the height lies under all of them. */
function positionAtHeight({ tops }: Layout, height: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] as number) <= height) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
