import { isWhole, pannedBy, pannedTo, wholeOf, zoomedAbout, type TimeWindow } from "./window";

const MOVING_MS = 300;

/**
 * Which part of the range is shown. It changes with every turn of a wheel, so that only who draws it listens, and not
 * the page around it.
 */
export class Zoom {
  private window: TimeWindow;
  private readonly listeners = new Set<() => void>();
  private movedMs = Number.NEGATIVE_INFINITY;

  constructor(private lengthMs: number) {
    this.window = wholeOf(lengthMs);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): TimeWindow => this.window;

  get isWhole(): boolean {
    return isWhole(this.window, this.lengthMs);
  }

  /** Whether somebody is at it: the window moved within the last moment. */
  get isMoving(): boolean {
    return performance.now() - this.movedMs < MOVING_MS;
  }

  /** Shows a range of another length; without a window all of it. */
  open(lengthMs: number, window: TimeWindow | null): void {
    this.lengthMs = lengthMs;
    this.set(window ?? wholeOf(lengthMs));
  }

  about(anchorMs: number, factor: number): void {
    this.set(zoomedAbout(this.window, this.lengthMs, anchorMs, factor));
  }

  pan(byMs: number): void {
    this.set(pannedBy(this.window, this.lengthMs, byMs));
  }

  /** Moves as little as lets the offset be seen. */
  reveal(offsetMs: number): void {
    this.set(pannedTo(this.window, this.lengthMs, offsetMs));
  }

  fit(): void {
    this.set(wholeOf(this.lengthMs));
  }

  private set(window: TimeWindow): void {
    if (window.fromMs === this.window.fromMs && window.toMs === this.window.toMs) return;
    this.window = window;
    this.movedMs = performance.now();
    for (const listener of this.listeners) listener();
  }
}
