import { describe, expect, it } from "vitest";
import { moveCursor, positionOf, type Cursor, type CursorMove } from "../src/board/cursor";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { aBoard, HOUR } from "./builders";

const BOARD = aBoard({
  ana: [[0, State.OFFLINE], [9 * HOUR, State.ONLINE], [10 * HOUR, State.BUSY]], bo: [[0, State.ONLINE]], chen: [],
});

function move(from: Cursor | null, ...moves: CursorMove[]): Cursor | null {
  const ground = { board: BOARD, lines: [0, 1, 2], look: "exact", pageRows: 2, latestMs: 12 * HOUR } as const;
  return moves.reduce((cursor, step) => moveCursor(ground, cursor, step), from);
}

const AT_NINE: Cursor = { line: 0, position: 0, offsetMs: 9 * HOUR + 1, by: "keyboard" };

describe("the cursor", () => {
  it("starts with the first person at the latest instant", () => {
    expect(move(null, "down")).toMatchObject({ line: 0, offsetMs: 12 * HOUR });
  });

  it("goes from interval to interval and stops at the latest instant", () => {
    expect(move(AT_NINE, "next")?.offsetMs).toBe(10 * HOUR);
    expect(move(AT_NINE, "next", "next")?.offsetMs).toBe(12 * HOUR);
    expect(move(AT_NINE, "previous")?.offsetMs).toBe(0);
  });

  it("keeps the instant from person to person", () => {
    expect(move(AT_NINE, "down")).toMatchObject({ line: 1, offsetMs: 9 * HOUR + 1 });
    expect(move(AT_NINE, "pageDown", "pageDown")?.line).toBe(2);
    expect(move(AT_NINE, "up")?.line).toBe(0);
  });

  it("goes by hours and to the ends of the day", () => {
    expect(move(AT_NINE, "hourBack")?.offsetMs).toBe(8 * HOUR + 1);
    expect(move(AT_NINE, "dayStart")?.offsetMs).toBe(0);
    expect(move(AT_NINE, "dayEnd")?.offsetMs).toBe(12 * HOUR);
  });

  it("goes by cells where the board shows those, and over a group's header by hours", () => {
    const ground = { board: BOARD, lines: [-1, 0], pageRows: 2, latestMs: 12 * HOUR } as const;
    const onGroup: Cursor = { ...AT_NINE, line: -1 };

    expect(moveCursor({ ...ground, look: "cells" }, AT_NINE, "next")?.offsetMs).toBe(10 * HOUR);
    expect(moveCursor({ ...ground, look: "cells" }, AT_NINE, "previous")?.offsetMs).toBe(8 * HOUR);
    expect(moveCursor({ ...ground, look: "exact" }, onGroup, "next")?.offsetMs).toBe(10 * HOUR);
  });

  it("stays on the line it came to where somebody has several", () => {
    const lines = [-1, 0, -2, 0, 1];

    expect(positionOf(lines, { ...AT_NINE, line: 0, position: 3 })).toBe(3);
    expect(positionOf(lines, { ...AT_NINE, line: 1, position: 0 })).toBe(4);
    expect(positionOf(lines, { ...AT_NINE, line: 7, position: 0 })).toBe(-1);
  });
});
