import { AT_END } from "./textures";

/** The paint of pixels that show nothing: the future, and rows whose intervals could not be had. */
export const BLANK = 0;

/** A block shorter than this is too short for ends of its own. */
const LEAST_ENDED_RUN = 4;

/** A row of device pixels as runs of one paint each, from left to right. What they cost hangs on the changes, not on the pixels. */
export class Runs {
  private readonly paints: Uint8Array;
  private readonly ends: Uint16Array;
  count = 0;

  constructor(readonly width: number) {
    this.paints = new Uint8Array(width);
    this.ends = new Uint16Array(width);
  }

  paintOf(run: number): number {
    return this.paints[run] as number;
  }

  startOf(run: number): number {
    return run === 0 ? 0 : (this.ends[run - 1] as number);
  }

  endOf(run: number): number {
    return this.ends[run] as number;
  }

  clear(): void {
    this.count = 0;
  }

  /** Goes on in a paint up to a pixel; what lies before the end of the last run is painted already. */
  extend(paint: number, end: number): void {
    const last = this.count - 1;
    if (end <= (last < 0 ? 0 : (this.ends[last] as number))) return;
    if (last >= 0 && this.paints[last] === paint) {
      this.ends[last] = end;
    } else {
      this.paints[this.count] = paint;
      this.ends[this.count] = end;
      this.count += 1;
    }
  }

  /** Shows nothing at all. */
  takeBlank(): void {
    this.clear();
    this.extend(BLANK, this.width);
  }

  has(paint: number): boolean {
    for (let run = 0; run < this.count; run++) if (this.paints[run] === paint) return true;
    return false;
  }

  /** Takes over other runs, and marks the ends of those whose colour needs an edge. */
  takeEnded(runs: Runs, edged: Uint8Array, thickness: number): void {
    this.clear();
    for (let run = 0; run < runs.count; run++) {
      const paint = runs.paintOf(run);
      const start = runs.startOf(run);
      const end = runs.endOf(run);
      if (edged[paint] === 1 && end - start >= LEAST_ENDED_RUN * thickness) {
        if (start > 0) this.extend(paint + AT_END, start + thickness);
        if (end < runs.width) this.extend(paint, end - thickness);
        if (end < runs.width) this.extend(paint + AT_END, end);
      }
      this.extend(paint, end);
    }
  }
}
