import { describe, expect, it } from "vitest";
import type { Board } from "../src/board/model";
import { ticksOf } from "../src/board/ticks";
import { windowFrom } from "../src/board/useZoom";
import { isWhole, LEAST_SPAN_MS, pannedBy, pannedTo, spanOf, wholeOf, zoomedAbout, type TimeWindow } from "../src/board/window";
import { Zoom } from "../src/board/zoom";
import { aBoard, DAY_START, HOUR, MINUTE } from "./builders";

const DAY = 24 * HOUR;
const LENGTHS = { "a day in UTC": DAY, "a day of 23 hours": 23 * HOUR, "a day of 25 hours": 25 * HOUR };

describe.each(Object.entries(LENGTHS))("the window of %s", (_, length) => {
  it("keeps what is under the pointer under the pointer", () => {
    const shareOf = (window: TimeWindow, ms: number) => (ms - window.fromMs) / spanOf(window);
    let window = wholeOf(length);
    for (const factor of [0.5, 0.7, 0.9, 1.1, 0.3]) {
      const zoomed = zoomedAbout(window, length, 9 * HOUR, factor);
      expect(shareOf(zoomed, 9 * HOUR)).toBeCloseTo(shareOf(window, 9 * HOUR), 9);
      window = zoomed;
    }
  });

  it("stays within the range however it is moved", () => {
    const close = zoomedAbout(wholeOf(length), length, HOUR, 0.1);
    for (const by of [-DAY, -HOUR, HOUR, DAY]) {
      const moved = pannedBy(close, length, by);
      expect(moved.fromMs).toBeGreaterThanOrEqual(0);
      expect(moved.toMs).toBeLessThanOrEqual(length);
      expect(spanOf(moved)).toBeCloseTo(spanOf(close), 6);
    }
  });

  it("goes from all of it to a minute, and back", () => {
    const closest = zoomedAbout(wholeOf(length), length, 12 * HOUR, 0);

    expect(spanOf(closest)).toBe(LEAST_SPAN_MS);
    expect(isWhole(zoomedAbout(closest, length, 12 * HOUR, 1e6), length)).toBe(true);
  });
});

describe("a cursor that leaves the window", () => {
  const window = { fromMs: 8 * HOUR, toMs: 9 * HOUR };

  it("takes the window along, and no farther than needed", () => {
    expect(pannedTo(window, DAY, 8.5 * HOUR)).toBe(window);
    expect(pannedTo(window, DAY, 10 * HOUR)).toEqual({ fromMs: 9 * HOUR + 5 * MINUTE, toMs: 10 * HOUR + 5 * MINUTE });
    expect(pannedTo(window, DAY, 0)).toEqual({ fromMs: 0, toMs: HOUR });
  });
});

describe("the zoom", () => {
  it("tells who listens of what changed, and of nothing else", () => {
    const zoom = new Zoom(DAY);
    let told = 0;
    zoom.subscribe(() => (told += 1));

    zoom.pan(HOUR);
    zoom.about(HOUR, 0.5);
    zoom.fit();

    expect(told).toBe(2);
    expect(zoom.isWhole).toBe(true);
  });

  it("opens as the address says, unless that lies outside the range", () => {
    expect(windowFrom({ startMs: DAY_START + HOUR, lengthMs: HOUR }, DAY_START, DAY)).toEqual({ fromMs: HOUR, toMs: 2 * HOUR });
    expect(windowFrom({ startMs: DAY_START + 30 * HOUR, lengthMs: HOUR }, DAY_START, DAY)).toBeNull();
  });
});

describe("the axis", () => {
  const labels = (board: Board, window: TimeWindow, leastMs: number) =>
    ticksOf(board, window, leastMs).map(({ label, isHour }) => (isHour ? label : `-${label}`));

  it("follows the zoom from hours to quarters, minutes and seconds", () => {
    const board = aBoard({});
    const around = (minutes: number) => ({ fromMs: 9 * HOUR - minutes * MINUTE, toMs: 9 * HOUR + minutes * MINUTE });

    expect(labels(board, wholeOf(DAY), 2.5 * HOUR)).toEqual(["00", "03", "06", "09", "12", "15", "18", "21"]);
    expect(labels(board, around(30), 10 * MINUTE)).toEqual(["-08:30", "-08:45", "09:00", "-09:15", "-09:30"]);
    expect(labels(board, around(2), MINUTE)).toEqual(["-08:58", "-08:59", "09:00", "-09:01", "-09:02"]);
    expect(labels(board, around(0.5), 25_000)).toEqual(["-08:59:30", "09:00:00", "-09:00:30"]);
  });

  it("shows the hour that a day of 25 hours has twice, and not the one that a day of 23 lacks", () => {
    const column = (label: string, index: number) => ({ offsetMs: index * HOUR, label });
    const autumn = { ...aBoard({}), lengthMs: 25 * HOUR, columns: ["00", "01", "02", "02b", "03"].map(column) };
    const spring = { ...aBoard({}), lengthMs: 23 * HOUR, columns: ["00", "01", "03", "04"].map(column) };

    expect(labels(autumn, { fromMs: 2.5 * HOUR, toMs: 3.5 * HOUR }, 30 * MINUTE)).toEqual(["-02:30", "02:00b", "-02:30b"]);
    expect(labels(spring, { fromMs: 1.5 * HOUR, toMs: 2.5 * HOUR }, 30 * MINUTE)).toEqual(["-01:30", "03:00", "-03:30"]);
  });

  it("counts from hours that start off the full hour", () => {
    const columns = ["00:30", "01:30"].map((label, index) => ({ offsetMs: index * HOUR, label }));

    expect(labels({ ...aBoard({}), columns }, { fromMs: 0, toMs: HOUR }, 15 * MINUTE)).toEqual([
      "00:30", "-00:45", "-01:00", "-01:15", "01:30",
    ]);
  });
});
