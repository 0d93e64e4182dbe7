import { STACKED, type Stack } from "./stacks";
import type { Brush, Scene } from "./scene";
import { spanOf } from "./window";

const MARGIN_TOP = 8;
const MARGIN_BOTTOM = 2;

/** Paints how many were in each state over the axis, and how many were planned, as a line. */
export function paintStrip(brush: Brush, scene: Scene): void {
  const { layout, strip } = scene;
  const { context, ink } = brush;
  if (layout.stripHeight === 0) return;
  context.fillStyle = ink.surface;
  context.fillRect(0, 0, layout.width, layout.stripHeight);
  context.fillStyle = ink.grid;
  context.fillRect(layout.headerWidth - 1, 0, 1, layout.stripHeight);
  if (strip === null) return;
  paintSums(brush, scene);
  context.save();
  context.beginPath();
  context.rect(layout.headerWidth, 0, layout.plotWidth, layout.stripHeight);
  context.clip();
  const scale = (layout.stripHeight - MARGIN_TOP - MARGIN_BOTTOM) / strip.most;
  paintAreas(brush, scene, strip, scale);
  paintPlanned(brush, scene, strip, scale);
  context.restore();
}

/** Writes into the header how many are there and how many were planned. */
function paintSums({ context, ink }: Brush, { layout, stripLabels }: Scene): void {
  const lineHeight = 17;
  const middle = layout.stripHeight / 2 - ((stripLabels.length - 1) * lineHeight) / 2;
  context.textBaseline = "middle";
  context.textAlign = "left";
  stripLabels.forEach((label, index) => {
    context.font = `${index === 0 ? 600 : 450} 12px ${ink.font}`;
    context.fillStyle = index === 0 ? ink.text : ink.muted;
    context.fillText(label, 12, middle + index * lineHeight + 1, layout.headerWidth - 20);
  });
}

/** Each paint's area as one path over what lies under it: the topmost first, each lower one over it. */
function paintAreas({ context, palette }: Brush, scene: Scene, strip: Stack, scale: number): void {
  const { layout, window, untilMs } = scene;
  const foot = layout.stripHeight - MARGIN_BOTTOM;
  const perPixel = spanOf(window) / Math.max(layout.plotWidth, 1);
  const visible = Math.min(Math.max((untilMs - window.fromMs) / perPixel, 0), layout.plotWidth);
  for (let level = STACKED.length - 1; level >= 0; level--) {
    context.fillStyle = palette.fills[STACKED[level] as (typeof STACKED)[number]];
    context.beginPath();
    context.moveTo(layout.headerWidth, foot);
    for (let x = 0; x < visible; x++) {
      const height = heightUpTo(strip, level, window.fromMs + (x + 0.5) * perPixel) * scale;
      context.lineTo(layout.headerWidth + x, foot - height);
      context.lineTo(layout.headerWidth + x + 1, foot - height);
    }
    context.lineTo(layout.headerWidth + visible, foot);
    context.fill();
  }
}

function paintPlanned({ context, ink }: Brush, { layout, window }: Scene, strip: Stack, scale: number): void {
  const foot = layout.stripHeight - MARGIN_BOTTOM;
  const perPixel = spanOf(window) / Math.max(layout.plotWidth, 1);
  context.strokeStyle = ink.text;
  context.lineWidth = 1.25;
  context.beginPath();
  for (let x = 0; x <= layout.plotWidth; x++) {
    const bin = binAt(strip, window.fromMs + (x + 0.5) * perPixel);
    context.lineTo(layout.headerWidth + x, foot - (strip.planned[bin] as number) * scale);
  }
  if (strip.planned.some((count) => count > 0)) context.stroke();
}

function heightUpTo(strip: Stack, level: number, offsetMs: number): number {
  const bin = binAt(strip, offsetMs);
  let height = 0;
  for (let index = 0; index <= level; index++) {
    height += strip.counts[(STACKED[index] as number) * strip.binCount + bin] as number;
  }
  return height;
}

function binAt({ binMs, binCount }: Stack, offsetMs: number): number {
  return Math.min(Math.max(Math.floor(offsetMs / binMs), 0), binCount - 1);
}
