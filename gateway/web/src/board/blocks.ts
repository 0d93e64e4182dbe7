import { State } from "../gen/muster/presence/v1/state_pb";
import { visibleRows } from "./layout";
import type { Board, BoardRow } from "./model";
import type { PixelTable } from "./palette";
import { BLANK, rasterizeRow, type Strip } from "./raster";
import type { Scene } from "./scene";

const HATCH_PERIOD = 5;

/** Where a row lies on the image, in device pixels. */
interface Band {
  readonly from: number;
  readonly to: number;
  readonly laneFrom: number;
  readonly laneTo: number;
}

/** Paints the rows' intervals as an image, each device pixel through a table: exact edges, and no cost per interval. */
export class BlockPainter {
  private image: ImageData | null = null;
  private line = new Uint8Array(0);
  /** What the image shows; a cursor that moves over it leaves it as it is. */
  private painted: readonly unknown[] = [];

  constructor(public table: PixelTable) {}

  paint(context: CanvasRenderingContext2D, scene: Scene, ratio: number): void {
    const { layout, board } = scene;
    const left = Math.round(layout.headerWidth * ratio);
    const top = Math.round(layout.axisHeight * ratio);
    const [width, height] = [context.canvas.width - left, context.canvas.height - top];
    if (width <= 0 || height <= 0) return;
    const image = this.imageOf(width, height);
    const until = Math.round((scene.untilMs / board.lengthMs) * width);
    const painted = [
      board, board.revision, scene.order, scene.scrollTop, layout.rowHeight, until, this.table, width, height,
    ];
    if (painted.some((part, index) => part !== this.painted[index])) this.draw(image, scene, ratio);
    this.painted = painted;
    context.putImageData(image, left, top);
  }

  private draw(image: ImageData, scene: Scene, ratio: number): void {
    const { width, height } = image;
    const { layout, board } = scene;
    const pixels = new Uint32Array(image.data.buffer);
    pixels.fill(this.table.plain[BLANK] as number);
    const strip: Strip = { startMs: 0, msPerPixel: board.lengthMs / width, untilMs: scene.untilMs };
    const span = visibleRows(layout, scene.scrollTop, scene.order.length);
    for (let position = span.first; position < span.last; position++) {
      const row = board.rows[scene.order[position] as number] as BoardRow;
      if (isUnknown(board, row)) continue;
      rasterizeRow(row, strip, this.line);
      this.fillBand(pixels, width, height, bandOf(scene, position, ratio), ratio);
    }
  }

  /** Lines of a row differ by lane and, where there is hatching, by its phase: each kind is made once and copied. */
  private fillBand(pixels: Uint32Array, width: number, height: number, band: Band, ratio: number): void {
    const period = Math.round(HATCH_PERIOD * ratio);
    const phases = this.line.includes(State.UNOBSERVED) ? period : 1;
    const made = new Map<number, number>();
    for (let y = Math.max(band.from, 0); y < Math.min(band.to, height); y++) {
      const isLane = y >= band.laneFrom && y < band.laneTo;
      const kind = (y % phases) * 2 + (isLane ? 1 : 0);
      const alike = made.get(kind);
      const start = y * width;
      if (alike === undefined) {
        this.fillLine(pixels.subarray(start, start + width), y % period, period, Math.round(ratio), isLane);
        made.set(kind, start);
      } else {
        pixels.copyWithin(start, alike, alike + width);
      }
    }
  }

  private fillLine(pixels: Uint32Array, firstPhase: number, period: number, thickness: number, isLane: boolean): void {
    const { line, table } = this;
    const plain = isLane ? table.plain : table.plainBesideLane;
    const hatched = isLane ? table.hatched : table.hatchedBesideLane;
    let phase = firstPhase;
    for (let x = 0; x < pixels.length; x++) {
      pixels[x] = (phase < thickness ? hatched : plain)[line[x] as number] as number;
      phase = phase + 1 === period ? 0 : phase + 1;
    }
  }

  private imageOf(width: number, height: number): ImageData {
    if (this.image === null || this.image.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      this.line = new Uint8Array(width);
    }
    return this.image;
  }
}

/** Without an answer from presence a row says nothing, not even that nobody observed it. */
function isUnknown(board: Board, row: BoardRow): boolean {
  return row.starts.length === 0 && board.missingParts.length > 0;
}

function bandOf(scene: Scene, position: number, ratio: number): Band {
  const { rowHeight } = scene.layout;
  const gap = rowHeight >= 14 ? 2 : 1;
  const y = position * rowHeight - scene.scrollTop;
  const from = Math.round(y * ratio);
  const to = Math.max(Math.round((y + rowHeight - gap) * ratio), from + 1);
  const lane = Math.min(Math.max(Math.round(rowHeight / 7), 1), 3) * ratio;
  const margin = Math.max(Math.floor((to - from - lane) / 2), 0);
  return { from, to, laneFrom: from + margin, laneTo: to - margin };
}
