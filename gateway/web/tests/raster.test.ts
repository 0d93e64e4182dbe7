import { describe, expect, it } from "vitest";
import type { BoardRow } from "../src/board/model";
import { INFERRED_ONLINE, NO_AWAY_REASONS, paintOf, WORK_AWAY } from "../src/board/paints";
import { dominantPaint, rasterizeCells, rasterizeRow } from "../src/board/raster";
import { BLANK, Runs } from "../src/board/runs";
import { encodeInterval } from "../src/board/states";
import { AT_END } from "../src/board/textures";
import { Mark, State } from "../src/gen/muster/presence/v1/state_pb";
import { aBoard, HOUR, MINUTE, type Span } from "./builders";

function paint(spans: readonly Span[], pixels: number, untilMs = 24 * HOUR): number[] {
  const row = aBoard({ ana: spans }).rows[0] as BoardRow;
  const runs = new Runs(pixels);
  rasterizeRow(row, { startMs: 0, msPerPixel: (24 * HOUR) / pixels, untilMs, away: NO_AWAY_REASONS }, runs);
  return pixelsOf(runs);
}

function pixelsOf(runs: Runs): number[] {
  return Array.from({ length: runs.count }, (_, run) =>
    Array<number>(runs.endOf(run) - runs.startOf(run)).fill(runs.paintOf(run))).flat();
}

describe("a row of pixels", () => {
  it("changes colour exactly where an interval starts", () => {
    const line = paint([[0, State.OFFLINE], [9 * HOUR, State.ONLINE], [17 * HOUR, State.OFFLINE]], 24);

    expect(line.map((state) => State[state])).toEqual([
      ...Array<string>(9).fill("OFFLINE"), ...Array<string>(8).fill("ONLINE"), ...Array<string>(7).fill("OFFLINE"),
    ]);
  });

  it("gives a shared pixel to the state that holds most of it", () => {
    const line = paint([[0, State.ONLINE], [9 * HOUR + 40 * MINUTE, State.BUSY]], 24);

    expect(line.slice(8, 11)).toEqual([State.ONLINE, State.ONLINE, State.BUSY]);
  });

  it("lets no short call vanish in unobserved time", () => {
    const line = paint([[0, State.UNOBSERVED], [9 * HOUR + MINUTE, State.BUSY], [9 * HOUR + 2 * MINUTE, State.UNOBSERVED]], 24);

    expect(line[9]).toBe(State.BUSY);
    expect(line.filter((state) => state === State.BUSY)).toHaveLength(1);
  });

  it("prefers what was observed to what was not, whichever comes first in the pixel", () => {
    const before = paint([[0, State.UNOBSERVED], [9 * HOUR + 59 * MINUTE, State.BUSY]], 24);
    const after = paint([[0, State.BUSY], [9 * HOUR + MINUTE, State.UNOBSERVED]], 24);

    expect([before[9], after[9]]).toEqual([State.BUSY, State.BUSY]);
  });

  it("gives a pixel that two states share equally to the first paint", () => {
    const line = paint([[0, State.BREAK], [9 * HOUR + 30 * MINUTE, State.ONLINE]], 24);

    expect(line.slice(8, 11)).toEqual([State.BREAK, State.ONLINE, State.ONLINE]);
  });

  it("paints every pixel, however many intervals it holds", () => {
    const spans = Array.from({ length: 1440 }, (_, minute): Span => [
      minute * MINUTE, minute % 2 === 0 ? State.ONLINE : State.BUSY,
    ]);

    expect(paint(spans, 100).every((state) => state === State.ONLINE || state === State.BUSY)).toBe(true);
  });

  it("leaves the future blank", () => {
    const line = paint([[0, State.ONLINE]], 24, 6 * HOUR);

    expect(line.slice(4, 8)).toEqual([State.ONLINE, State.ONLINE, BLANK, BLANK]);
  });

  it("shows somebody without a report as unobserved", () => {
    expect(new Set(paint([], 24))).toEqual(new Set([State.UNOBSERVED]));
  });
});

describe("the ends of blocks", () => {
  const ended = (...runs: ReadonlyArray<readonly [paint: number, end: number]>): number[] => {
    const [plain, marked] = [new Runs(20), new Runs(20)];
    for (const [paint, end] of runs) plain.extend(paint, end);
    const edged = new Uint8Array(16);
    edged[State.BREAK] = 1;
    marked.takeEnded(plain, edged, 2);
    return pixelsOf(marked);
  };
  const [B, E, O] = [State.BREAK, State.BREAK + AT_END, State.ONLINE];

  it("are marked where a colour needs an edge, and not at the ends of what is seen", () => {
    expect(ended([O, 4], [B, 14], [O, 20])).toEqual([O, O, O, O, E, E, B, B, B, B, B, B, E, E, O, O, O, O, O, O]);
    expect(ended([B, 10], [O, 20]).slice(0, 10)).toEqual([B, B, B, B, B, B, B, B, E, E]);
    expect(ended([B, 20])).toEqual(Array(20).fill(B));
  });

  it("are left out where a block has no room for them", () => {
    expect(ended([O, 4], [B, 11], [O, 20]).slice(4, 11)).toEqual(Array(7).fill(B));
  });
});

describe("a row of cells", () => {
  const board = aBoard({ ana: [
    [0, State.UNOBSERVED], [9 * HOUR, State.ONLINE], [9 * HOUR + 20 * MINUTE, State.BUSY], [10 * HOUR, State.OFFLINE],
  ] });
  const row = board.rows[0] as BoardRow;

  it("has the state that holds most of each hour, and a gap between hours", () => {
    const runs = new Runs(48);
    rasterizeCells(row, board.columns, board.lengthMs, {
      startMs: 0, msPerPixel: HOUR / 2, untilMs: 24 * HOUR, away: NO_AWAY_REASONS,
    }, runs);

    expect(pixelsOf(runs).slice(16, 22)).toEqual([BLANK, State.UNOBSERVED, BLANK, State.BUSY, BLANK, State.OFFLINE]);
  });

  it("takes the first of states that hold equally long", () => {
    expect(dominantPaint(row, NO_AWAY_REASONS, 9 * HOUR, 9 * HOUR + 40 * MINUTE)).toBe(State.ONLINE);
  });
});

describe("a paint", () => {
  it("tells what was inferred and what is work away", () => {
    const meeting = encodeInterval(State.BREAK, 0, 0, 3);

    expect(paintOf(encodeInterval(State.ONLINE, Mark.CLAIMED | Mark.GAP, 0, 3), NO_AWAY_REASONS)).toBe(State.ONLINE);
    expect(paintOf(encodeInterval(State.ONLINE, Mark.INFERRED, 0, 0), NO_AWAY_REASONS)).toBe(INFERRED_ONLINE);
    expect(paintOf(meeting, NO_AWAY_REASONS)).toBe(State.BREAK);
    expect(paintOf(meeting, new Set([3]))).toBe(WORK_AWAY);
  });
});
