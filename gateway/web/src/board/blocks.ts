import { visibleRows } from "./layout";
import type { Board, BoardRow } from "./model";
import type { PixelTable } from "./palette";
import { BLANK, rasterizeRow, type Strip } from "./raster";
import type { Scene } from "./scene";

const HATCH_PERIOD = 5;
/** From this height on a row has room for offline to be a lane in its middle. */
const LANE_ROW_HEIGHT = 9;

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

  constructor(public table: PixelTable) {}

  paint(context: CanvasRenderingContext2D, scene: Scene, ratio: number): void {
    const { layout, board } = scene;
    const left = Math.round(layout.headerWidth * ratio);
    const top = Math.round(layout.axisHeight * ratio);
    const [width, height] = [context.canvas.width - left, context.canvas.height - top];
    if (width <= 0 || height <= 0) return;
    const image = this.imageOf(width, height);
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
    context.putImageData(image, left, top);
  }

  private fillBand(pixels: Uint32Array, width: number, height: number, band: Band, ratio: number): void {
    const { line, table } = this;
    const period = Math.round(HATCH_PERIOD * ratio);
    const thickness = Math.round(ratio);
    for (let y = Math.max(band.from, 0); y < Math.min(band.to, height); y++) {
      const isLane = y >= band.laneFrom && y < band.laneTo;
      const [plain, hatched] = isLane ? [table.plain, table.hatched] : [table.plainBesideLane, table.hatchedBesideLane];
      const start = y * width;
      for (let x = 0; x < width; x++) {
        const colours = (x + y) % period < thickness ? hatched : plain;
        pixels[start + x] = colours[line[x] as number] as number;
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
  const lane = Math.min(Math.max(rowHeight / 7, 2), 3) * ratio;
  const margin = rowHeight >= LANE_ROW_HEIGHT ? Math.floor((to - from - lane) / 2) : 0;
  return { from, to, laneFrom: from + margin, laneTo: to - margin };
}
