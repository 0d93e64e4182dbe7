import type { Board, BoardRow } from "./model";
import { BLANK, rasterizeRow, type Strip } from "./raster";
import { pixelTable, type Palette, type PixelTable } from "./palette";
import { visibleRows, xAtOffset, NAMED_ROW_HEIGHT, type Layout } from "./layout";
import { isInferred, stateOf, type IntervalCode } from "./states";
import { State } from "../gen/muster/presence/v1/state_pb";

/** What the painter takes from the style sheet. */
export interface Ink {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly gridOnRows: string;
  readonly accent: string;
  readonly surface: string;
  readonly now: string;
  readonly font: string;
}

export interface Scene {
  readonly board: Board;
  /** The rows to show, as indexes of the board's. */
  readonly order: readonly number[];
  readonly layout: Layout;
  readonly scrollTop: number;
  /** Where the painted part of the day ends. */
  readonly untilMs: number;
  readonly isToday: boolean;
  readonly nowLabel: string;
  /** The position of the row under cursor or pointer, -1 for none, and the offset there. */
  readonly cursorPosition: number;
  readonly cursorMs: number;
  /** The row whose log is open, as index of the board's; -1 for none. */
  readonly selectedRow: number;
  /** How fresh the last change of a row is, 1 at the change to 0. */
  readonly freshness: (rowIndex: number) => number;
  /** How long the row has been in its state, as text. */
  readonly dwell: (row: BoardRow) => string;
}

const HATCH_PERIOD_CSS = 5;
const DWELL_ROW_HEIGHT = 20;

/** Paints the heatmap. Only visible rows are looked at, so that the cost is that of the screen and not of the floor. */
export class Painter {
  private readonly context: CanvasRenderingContext2D;
  private table: PixelTable;
  private image: ImageData | null = null;
  private line = new Uint8Array(0);

  constructor(private readonly canvas: HTMLCanvasElement, private palette: Palette, private ink: Ink) {
    this.context = canvas.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
    this.table = pixelTable(palette);
  }

  dress(palette: Palette, ink: Ink): void {
    this.palette = palette;
    this.ink = ink;
    this.table = pixelTable(palette);
  }

  paint(scene: Scene, ratio: number): void {
    const { layout } = scene;
    this.fit(layout, ratio);
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.fillStyle = this.palette.ground;
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.paintBlocks(scene, ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paintHours(scene, ratio);
    this.paintCursorRow(scene);
    this.paintHeaders(scene);
    this.paintAxis(scene);
    this.paintNow(scene);
    this.paintCursor(scene);
  }

  private fit(layout: Layout, ratio: number): void {
    const width = Math.round(layout.width * ratio);
    const height = Math.round(layout.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
  }

  private paintBlocks(scene: Scene, ratio: number): void {
    const { layout, board } = scene;
    const left = Math.round(layout.headerWidth * ratio);
    const top = Math.round(layout.axisHeight * ratio);
    const width = this.canvas.width - left;
    const height = this.canvas.height - top;
    if (width <= 0 || height <= 0) return;
    const image = this.imageOf(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    pixels.fill(this.table.plain[BLANK] as number);
    const strip = { startMs: 0, msPerPixel: board.lengthMs / width, untilMs: scene.untilMs };
    const span = visibleRows(layout, scene.scrollTop, scene.order.length);
    const gap = layout.rowHeight >= 14 ? 2 : 1;
    for (let position = span.first; position < span.last; position++) {
      const row = board.rows[scene.order[position] as number];
      const y = position * layout.rowHeight - scene.scrollTop;
      const from = Math.round(y * ratio);
      const to = Math.max(Math.round((y + layout.rowHeight - gap) * ratio), from + 1);
      if (row !== undefined) this.paintRow(row, strip, pixels, width, { from: Math.max(from, 0), to: Math.min(to, height) }, ratio, board);
    }
    this.context.putImageData(image, left, top);
  }

  private paintRow(
    row: BoardRow, strip: Strip, pixels: Uint32Array, width: number,
    band: { from: number; to: number }, ratio: number, board: Board,
  ): void {
    if (row.starts.length === 0 && board.missingParts.length > 0) return;
    rasterizeRow(row, strip, this.line);
    const period = Math.max(Math.round(HATCH_PERIOD_CSS * ratio), 3);
    const { plain, hatched } = this.table;
    const thickness = Math.max(Math.round(ratio), 1);
    for (let y = band.from; y < band.to; y++) {
      const start = y * width;
      for (let x = 0; x < width; x++) {
        const isHatch = (x + y) % period < thickness;
        pixels[start + x] = (isHatch ? hatched : plain)[this.line[x] as number] as number;
      }
    }
  }

  private imageOf(width: number, height: number): ImageData {
    if (this.image === null || this.image.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      this.line = new Uint8Array(width);
    }
    return this.image;
  }

  private paintHours(scene: Scene, ratio: number): void {
    const { layout, board } = scene;
    const hairline = 1 / ratio;
    this.context.fillStyle = this.ink.gridOnRows;
    for (const column of board.columns) {
      if (column.offsetMs === 0) continue;
      const x = snap(xAtOffset(layout, board.lengthMs, column.offsetMs), ratio);
      this.context.fillRect(x, layout.axisHeight, hairline, layout.plotHeight);
    }
  }

  /** The row's whole width is lifted, so that the eye finds the name that belongs to a block. */
  private paintCursorRow(scene: Scene): void {
    const { layout, order } = scene;
    const selected = scene.selectedRow < 0 ? -1 : order.indexOf(scene.selectedRow);
    for (const position of [selected, scene.cursorPosition]) {
      if (position < 0) continue;
      const y = layout.axisHeight + position * layout.rowHeight - scene.scrollTop;
      this.context.strokeStyle = this.ink.accent;
      this.context.globalAlpha = position === scene.cursorPosition ? 1 : 0.55;
      this.context.lineWidth = 1;
      this.context.strokeRect(layout.headerWidth - 0.5, y - 0.5, layout.plotWidth, layout.rowHeight - (layout.rowHeight >= 14 ? 1 : 0));
      this.context.globalAlpha = 1;
    }
  }

  private paintHeaders(scene: Scene): void {
    const { layout } = scene;
    this.context.fillStyle = this.palette.ground;
    this.context.fillRect(0, layout.axisHeight, layout.headerWidth - 1, layout.plotHeight);
    if (layout.rowHeight >= NAMED_ROW_HEIGHT) {
      const span = visibleRows(layout, scene.scrollTop, scene.order.length);
      for (let position = span.first; position < span.last; position++) this.paintHeader(scene, position, false);
    } else if (scene.cursorPosition >= 0) {
      this.paintHeader(scene, scene.cursorPosition, true);
    }
  }

  private paintHeader(scene: Scene, position: number, isFlag: boolean): void {
    const { layout, board } = scene;
    const rowIndex = scene.order[position] as number;
    const row = board.rows[rowIndex];
    if (row === undefined) return;
    const context = this.context;
    const size = isFlag ? 12 : layout.rowHeight < 16 ? Math.min(layout.rowHeight - 1.5, 11.5) : 12.5;
    const middle = layout.axisHeight + (position + 0.5) * layout.rowHeight - scene.scrollTop - (isFlag ? 0 : 0.5);
    const isCursor = position === scene.cursorPosition;
    const code = row.codes.at(-1);
    const showsState = scene.isToday && code !== undefined;
    if (showsState) this.paintDot(10, middle, Math.min(size / 2 - 1.5, 4.5), code, scene.freshness(rowIndex));
    const left = showsState ? 20 : 10;
    const dwell = showsState && (layout.rowHeight >= DWELL_ROW_HEIGHT || isFlag) && layout.headerWidth > 150 ? scene.dwell(row) : "";
    context.textBaseline = "middle";
    context.font = `${isCursor ? 600 : 450} ${size}px ${this.ink.font}`;
    const dwellWidth = dwell === "" ? 0 : context.measureText(dwell).width + 10;
    context.fillStyle = this.ink.text;
    context.fillText(clip(context, row.name, layout.headerWidth - left - dwellWidth - 8), left, middle + 0.5);
    if (dwell === "") return;
    context.font = `450 ${size - 1}px ${this.ink.font}`;
    context.fillStyle = this.ink.muted;
    context.textAlign = "right";
    context.fillText(dwell, layout.headerWidth - 9, middle + 0.5);
    context.textAlign = "left";
  }

  /** The live state; a change swells softly once. */
  private paintDot(x: number, y: number, radius: number, code: IntervalCode, freshness: number): void {
    const context = this.context;
    const colour = this.colourOf(code);
    if (freshness > 0) {
      context.globalAlpha = freshness * 0.35;
      context.fillStyle = colour;
      context.beginPath();
      context.arc(x, y, radius + 1 + freshness * 4, 0, Math.PI * 2);
      context.fill();
      context.globalAlpha = 1;
    }
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fill();
    if (stateOf(code) !== State.UNOBSERVED) return;
    context.strokeStyle = this.ink.muted;
    context.lineWidth = 1;
    context.stroke();
  }

  private colourOf(code: IntervalCode): string {
    const state = stateOf(code);
    if (state === State.ONLINE && isInferred(code)) return this.palette.inferredOnline;
    return this.palette.states[state as keyof Palette["states"]] ?? this.palette.states[State.UNOBSERVED];
  }

  private paintAxis(scene: Scene): void {
    const { layout, board } = scene;
    const context = this.context;
    context.fillStyle = this.ink.surface;
    context.fillRect(0, 0, layout.width, layout.axisHeight);
    context.fillStyle = this.ink.grid;
    context.fillRect(0, layout.axisHeight - 1, layout.width, 1);
    context.fillRect(layout.headerWidth - 1, 0, 1, layout.height);
    context.font = `500 11.5px ${this.ink.font}`;
    context.textBaseline = "middle";
    context.fillStyle = this.ink.muted;
    const widest = Math.max(...board.columns.map((column) => context.measureText(column.label).width), 1) + 10;
    const step = stepFor(layout.plotWidth / Math.max(board.columns.length, 1), widest);
    board.columns.forEach((column, index) => {
      if (index % step !== 0) return;
      const x = xAtOffset(layout, board.lengthMs, column.offsetMs);
      context.fillText(column.label, x + 4, layout.axisHeight / 2 + 0.5);
    });
  }

  private paintNow(scene: Scene): void {
    if (!scene.isToday) return;
    const { layout } = scene;
    const context = this.context;
    const x = xAtOffset(layout, scene.board.lengthMs, scene.untilMs);
    context.fillStyle = this.ink.now;
    context.fillRect(x - 0.75, layout.axisHeight, 1.5, layout.plotHeight);
    this.paintFlag(scene.nowLabel, x, this.ink.now, layout);
  }

  private paintFlag(label: string, x: number, colour: string, layout: Layout): void {
    const context = this.context;
    context.font = `600 11px ${this.ink.font}`;
    const width = context.measureText(label).width + 12;
    const left = Math.min(Math.max(x - width / 2, layout.headerWidth), layout.width - width - 1);
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(left, 5, width, 18, 4);
    context.fill();
    context.fillStyle = this.ink.surface;
    context.textBaseline = "middle";
    context.fillText(label, left + 6, 14.5);
  }

  private paintCursor(scene: Scene): void {
    if (scene.cursorPosition < 0) return;
    const { layout, board } = scene;
    const x = xAtOffset(layout, board.lengthMs, scene.cursorMs);
    this.context.fillStyle = this.ink.accent;
    this.context.globalAlpha = 0.55;
    this.context.fillRect(x - 0.5, layout.axisHeight, 1, layout.plotHeight);
    this.context.globalAlpha = 1;
  }
}

function stepFor(columnWidth: number, widest: number): number {
  return [1, 2, 3, 4, 6, 12].find((step) => columnWidth * step >= widest) ?? 24;
}

function snap(x: number, ratio: number): number {
  return Math.round(x * ratio) / ratio;
}

function clip(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  return `${text.slice(0, length)}…`;
}

