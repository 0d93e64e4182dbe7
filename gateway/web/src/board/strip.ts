import { BlockImage } from "./blockImage";
import type { Palette } from "./palette";
import type { Brush, Scene } from "./scene";
import { edgedPaints, texturesOf, type Textures } from "./textures";
import { spanOf } from "./window";

const MARGIN_TOP = 8;
const MARGIN_BOTTOM = 2;
const LINE_HEIGHT = 17;

/** Paints how many were in each state over the axis, and how many were planned, as a line. */
export class StripPainter {
  private readonly image = new BlockImage();
  private painted: readonly unknown[] = [];
  private dressedFor: readonly unknown[] = [];
  private textures: Textures | null = null;

  paint(brush: Brush, scene: Scene, ratio: number): void {
    const { layout, strip, window, untilMs } = scene;
    const { context, ink, palette } = brush;
    if (layout.stripHeight === 0) return;
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, layout.width, layout.stripHeight);
    context.fillStyle = ink.grid;
    context.fillRect(layout.headerWidth - 1, 0, 1, layout.stripHeight);
    if (strip === null) return;
    paintSums(brush, scene);
    const width = context.canvas.width - Math.round(layout.headerWidth * ratio);
    const height = Math.round(layout.stripHeight * ratio);
    if (width <= 0) return;
    const painted = [strip, window, untilMs, palette, width, height];
    if (painted.some((part, index) => part !== this.painted[index])) this.draw(brush, scene, width, height, ratio);
    this.painted = painted;
    this.image.put(context, Math.round(layout.headerWidth * ratio), 0);
  }

  private draw({ palette }: Brush, scene: Scene, width: number, height: number, ratio: number): void {
    const { strip, window, untilMs, away } = scene;
    if (strip === null) return;
    this.image.fit(width, height);
    this.image.clear(this.dressed(palette, ratio));
    this.image.fillStack(Math.round(MARGIN_TOP * ratio), height - Math.round(MARGIN_BOTTOM * ratio), strip, {
      startMs: window.fromMs, msPerPixel: spanOf(window) / width, untilMs, away,
    });
  }

  private dressed(palette: Palette, ratio: number): Textures {
    if (this.textures === null || this.dressedFor[0] !== palette || this.dressedFor[1] !== ratio) {
      this.textures = texturesOf(palette, false, ratio);
      this.image.dress(this.textures, palette, edgedPaints(palette));
      this.dressedFor = [palette, ratio];
    }
    return this.textures;
  }
}

/** Writes into the header how many are there and how many were planned. */
function paintSums({ context, ink }: Brush, { layout, stripLabels }: Scene): void {
  const middle = layout.stripHeight / 2 - ((stripLabels.length - 1) * LINE_HEIGHT) / 2;
  context.textBaseline = "middle";
  context.textAlign = "left";
  stripLabels.forEach((label, index) => {
    context.font = `${index === 0 ? 600 : 450} 12px ${ink.font}`;
    context.fillStyle = index === 0 ? ink.text : ink.muted;
    context.fillText(label, 12, middle + index * LINE_HEIGHT + 1, layout.headerWidth - 20);
  });
}
