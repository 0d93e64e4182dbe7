import { xAtOffset } from "./layout";
import type { Brush, Scene } from "./scene";

/** Paints the hours as light lines over the rows, as far down as there are rows. */
export function paintHours({ context, ink }: Brush, scene: Scene, ratio: number): void {
  const { layout, board } = scene;
  context.fillStyle = ink.gridOnRows;
  for (const column of board.columns) {
    if (column.offsetMs === 0) continue;
    const x = Math.round(xAtOffset(layout, board.lengthMs, column.offsetMs) * ratio) / ratio;
    context.fillRect(x, layout.axisHeight, 1 / ratio, rowsHeight(scene));
  }
}

/** Outlines the cursor's row and the one whose log is open, so that the eye finds the name that belongs to a block. */
export function paintMarkedRows({ context, ink }: Brush, scene: Scene): void {
  const { layout, order } = scene;
  const selected = scene.selectedRow < 0 ? -1 : order.indexOf(scene.selectedRow);
  context.strokeStyle = ink.accent;
  context.lineWidth = 1;
  for (const position of [selected, scene.cursorPosition]) {
    if (position < 0) continue;
    const y = layout.axisHeight + position * layout.rowHeight - scene.scrollTop;
    const height = layout.rowHeight - (layout.rowHeight >= 14 ? 1 : 0);
    context.globalAlpha = position === scene.cursorPosition ? 1 : 0.55;
    context.strokeRect(layout.headerWidth - 0.5, y - 0.5, layout.plotWidth, height);
  }
  context.globalAlpha = 1;
}

/** Paints the hours' labels, as many as there is room for. */
export function paintAxis({ context, ink }: Brush, { layout, board }: Scene): void {
  context.fillStyle = ink.surface;
  context.fillRect(0, 0, layout.width, layout.axisHeight);
  context.fillStyle = ink.grid;
  context.fillRect(0, layout.axisHeight - 1, layout.width, 1);
  context.fillRect(layout.headerWidth - 1, 0, 1, layout.height);
  context.font = `500 11.5px ${ink.font}`;
  context.textBaseline = "middle";
  context.fillStyle = ink.muted;
  const widest = Math.max(...board.columns.map((column) => context.measureText(column.label).width), 1) + 10;
  const step = stepFor(layout.plotWidth / Math.max(board.columns.length, 1), widest);
  board.columns.forEach((column, index) => {
    if (index % step !== 0) return;
    context.fillText(column.label, xAtOffset(layout, board.lengthMs, column.offsetMs) + 4, layout.axisHeight / 2 + 0.5);
  });
}

export function paintNow({ context, ink }: Brush, scene: Scene): void {
  if (!scene.isToday) return;
  const { layout } = scene;
  const x = xAtOffset(layout, scene.board.lengthMs, scene.untilMs);
  context.fillStyle = ink.now;
  context.fillRect(x - 0.75, layout.axisHeight, 1.5, rowsHeight(scene));
  context.font = `600 11px ${ink.font}`;
  const width = context.measureText(scene.nowLabel).width + 12;
  const left = Math.min(Math.max(x - width / 2, layout.headerWidth), layout.width - width - 1);
  context.beginPath();
  context.roundRect(left, 5, width, 18, 4);
  context.fill();
  context.fillStyle = ink.surface;
  context.textBaseline = "middle";
  context.fillText(scene.nowLabel, left + 6, 14.5);
}

export function paintCursor({ context, ink }: Brush, scene: Scene): void {
  if (scene.cursorPosition < 0) return;
  const x = xAtOffset(scene.layout, scene.board.lengthMs, scene.cursorMs);
  context.fillStyle = ink.accent;
  context.globalAlpha = 0.55;
  context.fillRect(x - 0.5, scene.layout.axisHeight, 1, rowsHeight(scene));
  context.globalAlpha = 1;
}

function rowsHeight({ layout, order, scrollTop }: Scene): number {
  return Math.min(layout.plotHeight, order.length * layout.rowHeight - scrollTop);
}

function stepFor(columnWidth: number, widest: number): number {
  return [1, 2, 3, 4, 6, 12].find((step) => columnWidth * step >= widest) ?? 24;
}
