import type { RowSize } from "../app/view";

/** Where the parts of the heatmap lie, in CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly headerWidth: number;
  readonly axisHeight: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  /** The height of all rows and the axis: what the scroll bar stands for. */
  readonly contentHeight: number;
}

export const LEAST_ROW_HEIGHT = 4;
export const LARGEST_ROW_HEIGHT = 28;
/** From this height on a row has room for its name. */
export const NAMED_ROW_HEIGHT = 12;
/** A finger needs more room than a pointer. */
const TOUCH_ROW_HEIGHT = 28;
const AXIS_HEIGHT = 28;
const NARROW_WIDTH = 600;

export function layOut(width: number, height: number, rowCount: number, rowSize: RowSize, isTouch: boolean): Layout {
  const plotHeight = Math.max(height - AXIS_HEIGHT, 0);
  const rowHeight = chooseRowHeight(plotHeight, rowCount, rowSize, isTouch);
  const headerWidth = Math.min(width < NARROW_WIDTH ? 104 : 190, width / 2);
  return {
    width,
    height,
    rowHeight,
    headerWidth,
    axisHeight: AXIS_HEIGHT,
    plotWidth: Math.max(width - headerWidth, 0),
    plotHeight,
    contentHeight: AXIS_HEIGHT + rowCount * rowHeight,
  };
}

/** The tallest height at which all rows fit, so that a floor is seen whole where that is possible. */
function chooseRowHeight(plotHeight: number, rowCount: number, rowSize: RowSize, isTouch: boolean): number {
  if (rowSize === "roomy") return LARGEST_ROW_HEIGHT;
  const fitting = Math.floor(plotHeight / Math.max(rowCount, 1));
  const least = isTouch ? TOUCH_ROW_HEIGHT : LEAST_ROW_HEIGHT;
  return Math.min(Math.max(fitting, least), LARGEST_ROW_HEIGHT);
}

export interface RowSpan {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
}

export function visibleRows(layout: Layout, scrollTop: number, rowCount: number): RowSpan {
  const first = Math.max(Math.floor(scrollTop / layout.rowHeight), 0);
  const last = Math.min(Math.ceil((scrollTop + layout.plotHeight) / layout.rowHeight), rowCount);
  return { first, last };
}

export function offsetAtX(layout: Layout, lengthMs: number, x: number): number {
  const share = (x - layout.headerWidth) / Math.max(layout.plotWidth, 1);
  return Math.min(Math.max(share, 0), 1) * lengthMs;
}

export function xAtOffset(layout: Layout, lengthMs: number, offsetMs: number): number {
  return layout.headerWidth + (offsetMs / lengthMs) * layout.plotWidth;
}

/** The position among the shown rows at a height of the viewport, or -1. */
export function positionAtY(layout: Layout, scrollTop: number, rowCount: number, y: number): number {
  if (y < layout.axisHeight) return -1;
  const position = Math.floor((y - layout.axisHeight + scrollTop) / layout.rowHeight);
  return position < rowCount ? position : -1;
}

/** Where to scroll so that a row is seen; the same place if it is already. */
export function scrollTopToShow(layout: Layout, scrollTop: number, position: number): number {
  const top = position * layout.rowHeight;
  const bottom = top + layout.rowHeight;
  if (top < scrollTop) return top;
  if (bottom > scrollTop + layout.plotHeight) return bottom - layout.plotHeight;
  return scrollTop;
}
