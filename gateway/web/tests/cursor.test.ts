import { describe, expect, it } from "vitest";
import { moveCursor, type Cursor, type CursorMove } from "../src/board/cursor";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { aBoard, HOUR } from "./builders";

const BOARD = aBoard({
  ana: [[0, State.OFFLINE], [9 * HOUR, State.ONLINE], [10 * HOUR, State.BUSY]], bo: [[0, State.ONLINE]], chen: [],
});

function move(from: Cursor | null, ...moves: CursorMove[]): Cursor | null {
  return moves.reduce((cursor, step) => moveCursor(BOARD, [0, 1, 2], cursor, step, 2, 12 * HOUR), from);
}

const AT_NINE: Cursor = { row: 0, offsetMs: 9 * HOUR + 1, by: "keyboard" };

describe("the cursor", () => {
  it("starts with the first person at the latest instant", () => {
    expect(move(null, "down")).toMatchObject({ row: 0, offsetMs: 12 * HOUR });
  });

  it("goes from interval to interval and stops at the latest instant", () => {
    expect(move(AT_NINE, "next")?.offsetMs).toBe(10 * HOUR);
    expect(move(AT_NINE, "next", "next")?.offsetMs).toBe(12 * HOUR);
    expect(move(AT_NINE, "previous")?.offsetMs).toBe(0);
  });

  it("keeps the instant from person to person", () => {
    expect(move(AT_NINE, "down")).toMatchObject({ row: 1, offsetMs: 9 * HOUR + 1 });
    expect(move(AT_NINE, "pageDown", "pageDown")?.row).toBe(2);
    expect(move(AT_NINE, "up")?.row).toBe(0);
  });

  it("goes by hours and to the ends of the day", () => {
    expect(move(AT_NINE, "hourBack")?.offsetMs).toBe(8 * HOUR + 1);
    expect(move(AT_NINE, "dayStart")?.offsetMs).toBe(0);
    expect(move(AT_NINE, "dayEnd")?.offsetMs).toBe(12 * HOUR);
  });
});
