import { State } from "../gen/muster/presence/v1/state_pb";
import type { PlannedSpan } from "./plan";
import type { Palette } from "./palette";
import type { Strip } from "./raster";
import { BLANK, Runs } from "./runs";
import { inkOn } from "./letters";
import { STACKED, type Stack } from "./stacks";
import { pixel, type Lines, type Textures } from "./textures";

/** Where a row lies on the image, in device pixels. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly laneFrom: number;
  readonly laneTo: number;
}

/** From this length on filling at once is faster than pixel by pixel. */
const LONG_RUN = 12;
/** The pixels of the plot: rows, stacks and outlines are written into it, and it is put on a canvas at once. */
export class BlockImage {
  private image = new ImageData(1, 1);
  private pixels = new Uint32Array(1);
  private colours: { textures: Textures; stacked: Uint32Array; plan: number; planned: number; edged: Uint8Array } | null = null;
  /** The row that is drawn next, and the same with ends to its blocks. */
  runs = new Runs(1);
  private ended = new Runs(1);

  width = 1;
  private height = 1;

  fit(width: number, height: number): void {
    if (this.width === width && this.height === height) return;
    [this.width, this.height] = [width, height];
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    [this.runs, this.ended] = [new Runs(width), new Runs(width)];
  }

  dress(textures: Textures, palette: Palette, edged: Uint8Array): void {
    const stacked = Uint32Array.from(STACKED, (paint) => pixel(palette.fills[paint]));
    this.colours = { textures, stacked, plan: pixel(palette.plan), planned: pixel(inkOn(palette.ground)), edged };
  }

  clear({ lane }: Textures): void {
    this.pixels.fill((lane[0] as Uint32Array)[0] as number);
  }

  put(context: CanvasRenderingContext2D, left: number, top: number): void {
    context.putImageData(this.image, left, top);
  }

  /** Lines of a row differ by lane, edge and phase of the texture: each kind is made once and copied. */
  fillRow(band: Band, hasEdges: boolean, ratio: number): void {
    const { textures, edged } = this.dressedColours();
    if (hasEdges) this.ended.takeEnded(this.runs, edged, Math.round(ratio));
    const runs = hasEdges ? this.ended : this.runs;
    const phases = textures.hasPatterns || runs.has(State.UNOBSERVED) ? textures.period : 1;
    const thickness = Math.max(Math.round(ratio), 1);
    const made = new Map<number, number>();
    for (let y = Math.max(band.from, 0); y < Math.min(band.to, this.height); y++) {
      const isLane = y >= band.laneFrom && y < band.laneTo;
      const isEdge = y >= band.to - thickness || (hasEdges && y < band.from + thickness);
      const phase = y % phases;
      const kind = phase * 3 + (isLane ? 0 : isEdge ? 1 : 2);
      const alike = made.get(kind);
      if (alike === undefined) {
        this.fillLine(y, runs, (isLane ? textures.lane : isEdge ? textures.edge : textures.beside)[phase] as Lines[number]);
        made.set(kind, y);
      } else {
        this.pixels.copyWithin(y * this.width, alike * this.width, (alike + 1) * this.width);
      }
    }
  }

  /** Outlines a planned span where nothing observed lies over it: what was not kept is seen as an empty frame. */
  outline(band: Band, span: PlannedSpan, strip: Strip, ratio: number): void {
    const { plan } = this.dressedColours();
    const thickness = Math.max(Math.round(ratio), 1);
    const left = Math.round((span.startMs - strip.startMs) / strip.msPerPixel);
    const right = Math.round((span.endMs - strip.startMs) / strip.msPerPixel);
    for (let run = 0; run < this.runs.count; run++) {
      const start = Math.max(this.runs.startOf(run), left);
      const end = Math.min(this.runs.endOf(run), right);
      if (start >= end || !isOpen(this.runs.paintOf(run))) continue;
      this.fillBox(start, end, band.from, band.from + thickness, plan);
      this.fillBox(start, end, band.to - thickness, band.to, plan);
      if (start === left) this.fillBox(start, start + thickness, band.from, band.to, plan);
      if (end === right) this.fillBox(right - thickness, right, band.from, band.to, plan);
    }
  }

  /** Fills a band with a stack of counts, and marks how many were planned as a line. */
  fillStack(from: number, to: number, stack: Stack, strip: Strip): void {
    const { planned } = this.dressedColours();
    const height = to - from;
    const visible = Math.min(this.width, Math.round((strip.untilMs - strip.startMs) / strip.msPerPixel));
    // What lies before the first pixel is not known: no line leads there.
    let former = Number.NaN;
    for (let x = 0, end = 0; x < this.width; x = end) {
      const bin = Math.min(Math.floor((strip.startMs + (x + 0.5) * strip.msPerPixel) / stack.binMs), stack.binCount - 1);
      // A pixel belongs to the bin in which its middle lies.
      const next = Math.ceil(((bin + 1) * stack.binMs - strip.startMs) / strip.msPerPixel - 0.5);
      end = bin === stack.binCount - 1 ? this.width : Math.min(Math.max(next, x + 1), this.width);
      this.fillCounts(x, Math.min(end, visible), to, stack, bin, height / stack.most);
      const level = Math.round(to - ((stack.planned[bin] as number) / stack.most) * height);
      // Where nobody was planned there is no line.
      if (level < to || former < to) this.fillBox(x, x + 1, Math.min(former, level), Math.max(former, level) + 1, planned);
      if (level < to) this.fillBox(x, end, level, level + 1, planned);
      former = level;
    }
  }

  private fillCounts(left: number, right: number, to: number, stack: Stack, bin: number, scale: number): void {
    if (left >= right) return;
    const { stacked } = this.dressedColours();
    let total = 0;
    let bottom = to;
    for (let index = 0; index < STACKED.length; index++) {
      total += stack.counts[(STACKED[index] as number) * stack.binCount + bin] as number;
      const top = Math.round(to - total * scale);
      this.fillBox(left, right, top, bottom, stacked[index] as number);
      bottom = Math.min(bottom, top);
    }
  }

  private fillBox(left: number, right: number, top: number, bottom: number, colour: number): void {
    for (let y = Math.max(top, 0); y < Math.min(bottom, this.height); y++) this.fillPart(y * this.width, left, right, colour);
  }

  private fillPart(row: number, left: number, right: number, colour: number): void {
    if (right - left > LONG_RUN) this.pixels.fill(colour, row + left, row + right);
    else for (let at = row + left; at < row + right; at++) this.pixels[at] = colour;
  }

  private fillLine(y: number, runs: Runs, texture: Uint32Array): void {
    const { period, isPlain } = this.dressedColours().textures;
    const { pixels } = this;
    const row = y * this.width;
    for (let run = 0; run < runs.count; run++) {
      const start = runs.startOf(run);
      const end = runs.endOf(run);
      const code = runs.paintOf(run);
      const first = code * period;
      if (isPlain[code] === 0) for (let x = start; x < end; x++) pixels[row + x] = texture[first + (x % period)] as number;
      else this.fillPart(row, start, end, texture[first] as number);
    }
  }

  private dressedColours() {
    if (this.colours === null) throw new Error("the image has no colours yet");
    return this.colours;
  }
}

/** Paints over which an outline is seen: nothing there, or nobody there. */
function isOpen(paint: number): boolean {
  return paint === BLANK || paint === State.UNOBSERVED || paint === State.OFFLINE;
}
