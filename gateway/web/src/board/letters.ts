import type { LetterPlace } from "./blocks";
import type { Paint } from "./paints";
import type { Brush, Scene } from "./scene";

/** Writes each long enough block's letter into it, in black or white, whichever stands out. */
export function paintLetters({ context, palette, ink }: Brush, scene: Scene, places: readonly LetterPlace[], ratio: number): void {
  const { layout, letters } = scene;
  const size = Math.min(layout.rowHeight - 5, 12);
  context.save();
  context.beginPath();
  context.rect(layout.headerWidth, layout.linesTop, layout.plotWidth, layout.plotHeight);
  context.clip();
  context.font = `650 ${size}px ${ink.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { x, y, paint } of places) {
    context.fillStyle = inkOn(palette.fills[paint as Paint]);
    context.fillText(letters?.[paint as Paint] ?? "", layout.headerWidth + x / ratio, layout.linesTop + y / ratio + 0.5);
  }
  context.restore();
}

/** Black or white, whichever contrasts more with a colour. */
export function inkOn(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}
