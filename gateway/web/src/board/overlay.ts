import { heightOfLine, xAtOffset, yOfLine } from "./layout";
import { isGroupLine } from "./lines";
import type { Brush, Scene } from "./scene";
import { ticksOf, type Tick } from "./ticks";
import { spanOf } from "./window";

const LABEL_MARGIN = 16;

/** Paints the axis with as many labels as there is room for, and returns its ticks. */
export function paintAxis({ context, ink }: Brush, scene: Scene): Tick[] {
  const { layout, board, window } = scene;
  const top = layout.stripHeight;
  context.fillStyle = ink.surface;
  context.fillRect(0, top, layout.width, layout.axisHeight);
  context.fillStyle = ink.grid;
  context.fillRect(0, layout.linesTop - 1, layout.width, 1);
  context.font = `500 11.5px ${ink.font}`;
  context.textBaseline = "middle";
  context.textAlign = "left";
  const perPixel = spanOf(window) / Math.max(layout.plotWidth, 1);
  const sample = spanOf(window) < 3 * 60_000 ? "00:00:00" : perPixel > 60_000 ? "00" : "00:00";
  const ticks = ticksOf(board, window, (context.measureText(sample).width + LABEL_MARGIN) * perPixel);
  const now = nowLabelOf({ context, ink }, scene);
  context.font = `500 11.5px ${ink.font}`;
  for (const { offsetMs, label, isHour } of ticks) {
    const x = xAtOffset(layout, window, offsetMs) + 4;
    const end = x + context.measureText(label).width;
    if (end > layout.width || (now !== null && x < now.right + 4 && end > now.left - 4)) continue;
    context.fillStyle = isHour ? ink.text : ink.muted;
    context.fillText(label, x, top + layout.axisHeight / 2 + 0.5);
  }
  paintDays({ context, ink }, scene);
  return ticks;
}

/** Names the days over their first hour, where a range has several. */
function paintDays({ context, ink }: Pick<Brush, "context" | "ink">, { layout, window, dayLabels }: Scene): void {
  context.font = `600 11px ${ink.font}`;
  for (const { offsetMs, label } of dayLabels) {
    const x = xAtOffset(layout, window, offsetMs);
    if (x < layout.headerWidth || x > layout.width - 20) continue;
    const width = context.measureText(label).width + 10;
    context.fillStyle = ink.surface;
    context.fillRect(x, layout.stripHeight + 2, width, layout.axisHeight - 4);
    context.fillStyle = ink.text;
    context.fillText(label, x + 4, layout.stripHeight + layout.axisHeight / 2 + 0.5);
  }
}

/** Paints the ticks as light lines over the rows, as far down as there are rows; where hours start, stronger ones. */
export function paintGrid({ context, ink }: Brush, scene: Scene, ticks: readonly Tick[], ratio: number): void {
  const { layout, window } = scene;
  const isZoomed = ticks.some((tick) => !tick.isHour);
  const height = linesHeight(scene);
  context.fillStyle = ink.gridOnRows;
  for (const { offsetMs, isHour } of ticks) {
    const x = Math.round(xAtOffset(layout, window, offsetMs) * ratio) / ratio;
    if (x <= layout.headerWidth || x > layout.width) continue;
    context.fillRect(x, layout.linesTop, (isZoomed && isHour ? 2 : 1) / ratio, height);
  }
}

/** Outlines the cursor's row, the one whose log is open and the picked ones: the eye finds the name of a block. */
export function paintMarkedRows({ context, ink }: Brush, scene: Scene): void {
  const { layout, lines, picked } = scene;
  context.strokeStyle = ink.accent;
  context.lineWidth = 1;
  const outline = (position: number, alpha: number) => {
    if (position < 0 || isGroupLine(lines[position])) return;
    const y = yOfLine(layout, scene.scrollTop, position);
    const height = heightOfLine(layout, position) - (layout.rowHeight >= 14 ? 1 : 0);
    context.globalAlpha = alpha;
    context.strokeRect(layout.headerWidth - 0.5, y - 0.5, layout.plotWidth, height);
  };
  if (picked.size > 0) lines.forEach((line, position) => picked.has(line) && outline(position, 0.8));
  if (scene.selectedRow >= 0) outline(lines.indexOf(scene.selectedRow), 0.55);
  outline(scene.cursorPosition, 1);
  context.globalAlpha = 1;
}

/** Where the time of the now-line stands on the axis, where no other label has room; null where now is not seen. */
function nowLabelOf(
  { context, ink }: Pick<Brush, "context" | "ink">, { layout, window, untilMs, isToday, nowLabel }: Scene,
): { readonly x: number; readonly left: number; readonly right: number } | null {
  if (!isToday || untilMs < window.fromMs || untilMs > window.toMs) return null;
  const x = xAtOffset(layout, window, untilMs);
  context.font = `600 11px ${ink.font}`;
  const width = context.measureText(nowLabel).width + 12;
  const left = Math.min(Math.max(x - width / 2, layout.headerWidth), layout.width - width - 1);
  return { x, left, right: left + width };
}

export function paintNow(brush: Brush, scene: Scene): void {
  const { context, ink } = brush;
  const { layout } = scene;
  const label = nowLabelOf(brush, scene);
  if (label === null) return;
  const { x, left, right } = label;
  context.fillStyle = ink.now;
  context.fillRect(x - 0.75, 0, 1.5, layout.linesTop + linesHeight(scene));
  context.textAlign = "left";
  context.beginPath();
  context.roundRect(left, layout.stripHeight + 4, right - left, 18, 4);
  context.fill();
  context.fillStyle = ink.surface;
  context.textBaseline = "middle";
  context.fillText(scene.nowLabel, left + 6, layout.stripHeight + 13.5);
}

export function paintCursor({ context, ink }: Brush, scene: Scene): void {
  const { layout, window, cursorMs } = scene;
  if (scene.cursorPosition < 0 || cursorMs < window.fromMs || cursorMs > window.toMs) return;
  const x = xAtOffset(layout, window, cursorMs);
  context.fillStyle = ink.accent;
  context.globalAlpha = 0.55;
  context.fillRect(x - 0.5, 0, 1, layout.linesTop + linesHeight(scene));
  context.globalAlpha = 1;
}

function linesHeight({ layout, lines, scrollTop }: Scene): number {
  return Math.min(layout.plotHeight, (layout.tops[lines.length] as number) - scrollTop);
}
