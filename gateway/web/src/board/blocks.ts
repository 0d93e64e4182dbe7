import { State } from "../gen/muster/presence/v1/state_pb";
import { BlockImage, type Band } from "./blockImage";
import { heightOfLine, visibleLines, yOfLine } from "./layout";
import { groupOfLine, isGroupLine } from "./lines";
import type { Board, BoardRow } from "./model";
import type { Palette } from "./palette";
import { rasterizeCells, rasterizeRow, type Strip } from "./raster";
import { BLANK, type Runs } from "./runs";
import type { Scene } from "./scene";
import { edgedPaints, texturesOf, type Textures } from "./textures";
import { spanOf } from "./window";

/** The middle of a block that is long enough for its letter, in device pixels of the image. */
export interface LetterPlace {
  readonly x: number;
  readonly y: number;
  readonly paint: number;
}

/** From this height of a row on, light colours have an edge all round; below it there is room for the lower one. */
const EDGED_ROW_HEIGHT = 10;
const LETTERED_ROW_HEIGHT = 14;
const LETTER_WIDTH = 14;

/** Paints the lines' intervals as an image, each device pixel through a table: exact edges, and no cost per interval. */
export class BlockPainter {
  private readonly image = new BlockImage();
  private textures: Textures | null = null;
  private dressedFor: readonly unknown[] = [];
  /** What the image shows; a cursor that moves over it leaves it as it is. */
  private painted: readonly unknown[] = [];
  /** Where letters belong, if they are wanted. */
  letters: LetterPlace[] = [];

  constructor(public palette: Palette) {}

  paint(context: CanvasRenderingContext2D, scene: Scene, ratio: number): void {
    const { layout } = scene;
    const left = Math.round(layout.headerWidth * ratio);
    const top = Math.round(layout.linesTop * ratio);
    const [width, height] = [context.canvas.width - left, context.canvas.height - top];
    if (width <= 0 || height <= 0) return;
    this.image.fit(width, height);
    const textures = this.dressed(scene.hasPatterns, ratio);
    const untilPixel = Math.round((scene.untilMs - scene.window.fromMs) / (spanOf(scene.window) / width));
    const painted = [
      scene.board, scene.board.revision, scene.lines, scene.stacks, scene.scrollTop, layout, scene.window,
      Math.min(Math.max(untilPixel, 0), width), scene.look, scene.away, scene.letters, textures, width, height,
    ];
    if (painted.some((part, index) => part !== this.painted[index])) this.draw(scene, ratio, textures);
    this.painted = painted;
    this.image.put(context, left, top);
  }

  private dressed(hasPatterns: boolean, ratio: number): Textures {
    const wanted = [this.palette, hasPatterns, ratio];
    if (this.textures === null || wanted.some((part, index) => part !== this.dressedFor[index])) {
      this.textures = texturesOf(this.palette, hasPatterns, ratio);
      this.image.dress(this.textures, this.palette, edgedPaints(this.palette));
      this.dressedFor = wanted;
    }
    return this.textures;
  }

  private draw(scene: Scene, ratio: number, textures: Textures): void {
    const { layout, board, window } = scene;
    this.image.clear(textures);
    this.letters = [];
    const msPerPixel = spanOf(window) / this.image.width;
    const strip: Strip = { startMs: window.fromMs, msPerPixel, untilMs: scene.untilMs, away: scene.away };
    const span = visibleLines(layout, scene.scrollTop);
    for (let position = span.first; position < span.last; position++) {
      const line = scene.lines[position] as number;
      if (isGroupLine(line)) {
        const stack = scene.stacks[groupOfLine(line)];
        const { from, to } = bandOf(scene, position, ratio);
        if (stack !== undefined) this.image.fillStack(from + 2 * ratio, to, stack, strip);
      } else {
        this.drawRow(scene, board.rows[line] as BoardRow, strip, bandOf(scene, position, ratio), ratio);
      }
    }
  }

  private drawRow(scene: Scene, row: BoardRow, strip: Strip, band: Band, ratio: number): void {
    const { board, layout } = scene;
    const { runs } = this.image;
    if (isUnknown(board, row)) runs.takeBlank();
    else if (scene.look === "cells") rasterizeCells(row, board.columns, board.lengthMs, strip, runs);
    else rasterizeRow(row, strip, runs);
    if (scene.letters !== null && layout.rowHeight >= LETTERED_ROW_HEIGHT) this.noteLetters(runs, band, ratio);
    this.image.fillRow(band, layout.rowHeight >= EDGED_ROW_HEIGHT, ratio);
    for (const shift of row.shifts) this.image.outline(band, shift, strip, ratio);
  }

  private noteLetters(runs: Runs, band: Band, ratio: number): void {
    const y = (band.from + band.to) / 2;
    for (let run = 0; run < runs.count; run++) {
      const [paint, start, end] = [runs.paintOf(run), runs.startOf(run), runs.endOf(run)];
      if (end - start < LETTER_WIDTH * ratio || paint === BLANK || paint === State.OFFLINE) continue;
      this.letters.push({ x: (start + end) / 2, y, paint });
    }
  }
}

/** Without an answer from presence a row says nothing, not even that nobody observed it. */
function isUnknown(board: Board, row: BoardRow): boolean {
  return row.starts.length === 0 && board.missingParts.length > 0;
}

function bandOf(scene: Scene, position: number, ratio: number): Band {
  const { layout } = scene;
  const height = heightOfLine(layout, position);
  const gap = height >= 14 ? 2 : 1;
  const y = yOfLine(layout, scene.scrollTop, position) - layout.linesTop;
  const from = Math.round(y * ratio);
  const to = Math.max(Math.round((y + height - gap) * ratio), from + 1);
  const lane = Math.min(Math.max(Math.round(height / 7), 1), 3) * ratio;
  const margin = Math.max(Math.floor((to - from - lane) / 2), 0);
  return { from, to, laneFrom: from + margin, laneTo: to - margin };
}
