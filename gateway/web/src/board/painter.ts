import { BlockPainter } from "./blocks";
import { paintHeaders } from "./headers";
import { paintLetters } from "./letters";
import { paintAxis, paintCursor, paintGrid, paintMarkedRows, paintNow } from "./overlay";
import type { Palette } from "./palette";
import type { Brush, Ink, Scene } from "./scene";
import { StripPainter } from "./strip";

/** Paints the heatmap. Only visible lines are looked at, so that the cost is that of the screen and not of the floor. */
export class Painter {
  private readonly context: CanvasRenderingContext2D;
  private readonly blocks: BlockPainter;
  private readonly strip = new StripPainter();
  private brush: Brush;

  constructor(private readonly canvas: HTMLCanvasElement, palette: Palette, ink: Ink) {
    this.context = canvas.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
    this.brush = { context: this.context, palette, ink };
    this.blocks = new BlockPainter(palette);
  }

  dress(palette: Palette, ink: Ink): void {
    this.brush = { context: this.context, palette, ink };
    this.blocks.palette = palette;
  }

  paint(scene: Scene, ratio: number): void {
    this.fit(scene, ratio);
    const { context, brush } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = brush.palette.ground;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.blocks.paint(context, scene, ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const ticks = paintAxis(brush, scene);
    paintGrid(brush, scene, ticks, ratio);
    if (scene.letters !== null) paintLetters(brush, scene, this.blocks.letters, ratio);
    paintMarkedRows(brush, scene);
    paintHeaders(brush, scene);
    this.strip.paint(brush, scene, ratio);
    paintNow(brush, scene);
    paintCursor(brush, scene);
  }

  /** The canvas has one pixel for each of the screen's, else hairlines and exact edges blur. */
  private fit({ layout }: Scene, ratio: number): void {
    const width = Math.round(layout.width * ratio);
    const height = Math.round(layout.height * ratio);
    if (this.canvas.width === width && this.canvas.height === height) return;
    this.canvas.width = width;
    this.canvas.height = height;
  }
}
