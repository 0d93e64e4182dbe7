import { State } from "../gen/muster/presence/v1/state_pb";
import type { PlannedSpan } from "./plan";
import type { Palette } from "./palette";
import { BLANK, type Strip } from "./raster";
import { inkOn } from "./letters";
import { STACKED, type Stack } from "./stacks";
import { AT_END, pixel, type Lines, type Textures } from "./textures";

/** Where a row lies on the image, in device pixels. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly laneFrom: number;
  readonly laneTo: number;
}

/** From this length on filling at once is faster than pixel by pixel. */
const LONG_RUN = 12;
/** A block shorter than this is too short for ends of its own. */
const LEAST_ENDED_RUN = 4;

/** The pixels of the plot: rows, stacks and outlines are written into it, and it is put on a canvas at once. */
export class BlockImage {
  private image = new ImageData(1, 1);
  private pixels = new Uint32Array(1);
  private colours: { textures: Textures; stacked: Uint32Array; plan: number; planned: number; edged: Uint8Array } | null = null;
  /** The paints of the row that is drawn next, one a pixel. */
  line = new Uint8Array(1);
  /** Where the runs of equal paint begin in the line, and one more for its end. */
  private runStarts = new Uint16Array(2);
  private runCount = 0;

  width = 1;
  private height = 1;

  fit(width: number, height: number): void {
    if (this.width === width && this.height === height) return;
    [this.width, this.height] = [width, height];
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.line = new Uint8Array(width);
    this.runStarts = new Uint16Array(width + 1);
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
    if (hasEdges) markEnds(this.line, edged, Math.round(ratio));
    this.findRuns();
    const phases = textures.hasPatterns || this.line.includes(State.UNOBSERVED) ? textures.period : 1;
    const thickness = Math.max(Math.round(ratio), 1);
    const made = new Map<number, number>();
    for (let y = Math.max(band.from, 0); y < Math.min(band.to, this.height); y++) {
      const isLane = y >= band.laneFrom && y < band.laneTo;
      const isEdge = y >= band.to - thickness || (hasEdges && y < band.from + thickness);
      const phase = y % phases;
      const kind = phase * 3 + (isLane ? 0 : isEdge ? 1 : 2);
      const alike = made.get(kind);
      if (alike === undefined) {
        this.fillLine(y, (isLane ? textures.lane : isEdge ? textures.edge : textures.beside)[phase] as Lines[number]);
        made.set(kind, y);
      } else {
        this.pixels.copyWithin(y * this.width, alike * this.width, (alike + 1) * this.width);
      }
    }
  }

  /** Outlines a planned span where nothing observed lies over it: what was not kept is seen as an empty frame. */
  outline(band: Band, span: PlannedSpan, strip: Strip, ratio: number): void {
    const thickness = Math.max(Math.round(ratio), 1);
    const left = Math.round((span.startMs - strip.startMs) / strip.msPerPixel);
    const right = Math.round((span.endMs - strip.startMs) / strip.msPerPixel);
    const [first, last] = [Math.max(left, 0), Math.min(right, this.width)];
    for (let x = first; x < last; x++) {
      if (!isOpen(this.line[x] as number)) continue;
      const start = x;
      while (x + 1 < last && isOpen(this.line[x + 1] as number)) x += 1;
      this.fillBox(start, x + 1, band.from, band.from + thickness);
      this.fillBox(start, x + 1, band.to - thickness, band.to);
      if (start === left) this.fillBox(start, start + thickness, band.from, band.to);
      if (x + 1 === right) this.fillBox(right - thickness, right, band.from, band.to);
    }
  }

  private fillBox(left: number, right: number, top: number, bottom: number): void {
    const { plan } = this.dressedColours();
    for (let y = Math.max(top, 0); y < Math.min(bottom, this.height); y++) {
      this.pixels.fill(plan, y * this.width + left, y * this.width + right);
    }
  }

  /** Fills a band with a stack of counts, and marks how many were planned as a line. */
  fillStack(from: number, to: number, stack: Stack, strip: Strip): void {
    const { stacked, planned } = this.dressedColours();
    const height = to - from;
    const visible = Math.min(this.width, Math.round((strip.untilMs - strip.startMs) / strip.msPerPixel));
    let former = to;
    for (let x = 0; x < this.width; x++) {
      const bin = Math.min(Math.floor((strip.startMs + (x + 0.5) * strip.msPerPixel) / stack.binMs), stack.binCount - 1);
      if (x < visible) this.fillColumn(x, to, stack, bin, height / stack.most, stacked);
      const level = Math.round(to - ((stack.planned[bin] as number) / stack.most) * height);
      // Where nobody was planned there is no line.
      if (level + former < 2 * to) this.fillDown(x, Math.min(former, level), Math.max(former, level) + 1, planned);
      former = level;
    }
  }

  private fillColumn(x: number, to: number, stack: Stack, bin: number, scale: number, colours: Uint32Array): void {
    let total = 0;
    let y = to;
    for (let index = 0; index < STACKED.length; index++) {
      total += stack.counts[(STACKED[index] as number) * stack.binCount + bin] as number;
      const top = Math.round(to - total * scale);
      this.fillDown(x, top, y, colours[index] as number);
      y = Math.min(y, top);
    }
  }

  private fillDown(x: number, top: number, bottom: number, colour: number): void {
    const { pixels, width } = this;
    const end = Math.min(bottom, this.height) * width + x;
    for (let at = Math.max(top, 0) * width + x; at < end; at += width) pixels[at] = colour;
  }

  /** Finds the runs of equal paint once for all lines of a row. */
  private findRuns(): void {
    const { line, runStarts } = this;
    let count = 0;
    for (let x = 0; x < line.length; x++) {
      if (x === 0 || line[x] !== line[x - 1]) runStarts[count++] = x;
    }
    runStarts[count] = line.length;
    this.runCount = count;
  }

  private fillLine(y: number, texture: Uint32Array): void {
    const { line, width, runStarts } = this;
    const { period, isPlain } = this.dressedColours().textures;
    const pixels = this.pixels.subarray(y * width, (y + 1) * width);
    for (let run = 0; run < this.runCount; run++) {
      const start = runStarts[run] as number;
      const end = runStarts[run + 1] as number;
      const code = line[start] as number;
      const first = code * period;
      if (isPlain[code] === 0) for (let x = start; x < end; x++) pixels[x] = texture[first + (x % period)] as number;
      else if (end - start > LONG_RUN) pixels.fill(texture[first] as number, start, end);
      else for (let x = start; x < end; x++) pixels[x] = texture[first] as number;
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

/** Marks the ends of blocks whose colour needs an edge. */
function markEnds(line: Uint8Array, edged: Uint8Array, thickness: number): void {
  let start = 0;
  for (let x = 1; x <= line.length; x++) {
    if (x < line.length && line[x] === line[start]) continue;
    const paint = line[start] as number;
    if (edged[paint] === 1 && x - start >= LEAST_ENDED_RUN * thickness) {
      if (start > 0) line.fill(paint + AT_END, start, start + thickness);
      if (x < line.length) line.fill(paint + AT_END, x - thickness, x);
    }
    start = x;
  }
}
