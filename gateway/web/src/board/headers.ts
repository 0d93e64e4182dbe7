import { State } from "../gen/muster/presence/v1/state_pb";
import { NAMED_ROW_HEIGHT, visibleRows } from "./layout";
import type { BoardRow } from "./model";
import type { Palette } from "./palette";
import type { Brush, Scene } from "./scene";
import { isInferred, stateOf, type IntervalCode } from "./states";

const DWELL_ROW_HEIGHT = 20;
const DWELL_HEADER_WIDTH = 150;

/** Paints who the rows are and, today, how they stand; rows too low for names show the cursor's alone. */
export function paintHeaders(brush: Brush, scene: Scene): void {
  const { layout } = scene;
  brush.context.fillStyle = brush.palette.ground;
  brush.context.fillRect(0, layout.axisHeight, layout.headerWidth - 1, layout.plotHeight);
  if (layout.rowHeight >= NAMED_ROW_HEIGHT) {
    const span = visibleRows(layout, scene.scrollTop, scene.order.length);
    const size = sizeOf(scene);
    for (let position = span.first; position < span.last; position++) paintHeader(brush, scene, position, size);
  } else if (scene.cursorPosition >= 0) {
    paintHeader(brush, scene, scene.cursorPosition, 12);
  }
}

function sizeOf({ layout }: Scene): number {
  return layout.rowHeight < 16 ? Math.min(layout.rowHeight - 1.5, 11.5) : 12.5;
}

function paintHeader(brush: Brush, scene: Scene, position: number, size: number): void {
  const { context, ink } = brush;
  const { layout } = scene;
  const rowIndex = scene.order[position] as number;
  const row = scene.board.rows[rowIndex] as BoardRow;
  const middle = layout.axisHeight + (position + 0.5) * layout.rowHeight - scene.scrollTop;
  const code = row.codes.at(-1);
  const isLive = scene.isToday && code !== undefined;
  const dot = { x: 11, y: middle - 0.5, radius: Math.min(size / 2 - 1.5, 4.5) };
  if (isLive) paintDot(brush, dot, code, scene.freshness(rowIndex));
  const left = isLive ? 21 : 12;
  const hasDwell = isLive && layout.rowHeight >= DWELL_ROW_HEIGHT && layout.headerWidth > DWELL_HEADER_WIDTH;
  const dwell = hasDwell ? scene.dwell(row) : "";
  context.textBaseline = "middle";
  context.font = `450 ${size - 1}px ${ink.font}`;
  const dwellWidth = dwell === "" ? 0 : context.measureText(dwell).width + 10;
  context.fillStyle = ink.muted;
  context.textAlign = "right";
  context.fillText(dwell, layout.headerWidth - 10, middle + 0.5);
  context.textAlign = "left";
  context.font = `${position === scene.cursorPosition ? 620 : 450} ${size}px ${ink.font}`;
  context.fillStyle = ink.text;
  context.fillText(clip(context, row.name, layout.headerWidth - left - dwellWidth - 8), left, middle + 0.5);
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** The live state; a change swells softly once. */
function paintDot({ context, palette, ink }: Brush, dot: Dot, code: IntervalCode, freshness: number): void {
  context.fillStyle = colourOf(palette, code);
  if (freshness > 0) {
    context.globalAlpha = freshness * 0.35;
    circle(context, { ...dot, radius: dot.radius + 1 + freshness * 4 });
    context.globalAlpha = 1;
  }
  circle(context, dot);
  if (stateOf(code) !== State.UNOBSERVED) return;
  context.strokeStyle = ink.muted;
  context.lineWidth = 1;
  context.stroke();
}

function circle(context: CanvasRenderingContext2D, { x, y, radius }: Dot): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}

function colourOf(palette: Palette, code: IntervalCode): string {
  const state = stateOf(code);
  if (state === State.ONLINE && isInferred(code)) return palette.inferredOnline;
  return palette.states[state === State.UNSPECIFIED ? State.UNOBSERVED : state];
}

function clip(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  return `${text.slice(0, length)}…`;
}
