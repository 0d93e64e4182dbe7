import { describe, expect, it } from "vitest";
import { wallClock } from "../src/board/clock";
import { cellFactsAt, factsAt, totalsWithin } from "../src/board/facts";
import { countsAt, latestOffset } from "../src/board/instant";
import type { BoardRow } from "../src/board/model";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { aBoard, DAY_START, HOUR, MINUTE } from "./builders";

const PEOPLE = {
  ana: [[0, State.UNOBSERVED], [9 * HOUR, State.ONLINE], [10 * HOUR, State.BUSY]],
  bo: [[0, State.OFFLINE], [9 * HOUR + 1, State.ONLINE]],
  chen: [],
} as const;

describe("an instant of the day", () => {
  it("counts everybody in exactly one state", () => {
    const counts = countsAt(aBoard(PEOPLE), 9 * HOUR);

    expect(counts[State.ONLINE]).toBe(1);
    expect(counts[State.OFFLINE]).toBe(1);
    expect(counts[State.UNOBSERVED]).toBe(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it("is now on the running day and the end of a past one", () => {
    expect(latestOffset(aBoard(PEOPLE, DAY_START + 11 * HOUR), DAY_START + 11 * HOUR)).toBe(11 * HOUR);
    expect(latestOffset(aBoard(PEOPLE), DAY_START + 40 * HOUR)).toBe(24 * HOUR);
  });

  it("has the facts of its interval", () => {
    const board = aBoard(PEOPLE);

    const facts = factsAt(board, board.rows[0] as BoardRow, 9 * HOUR + MINUTE, 24 * HOUR);

    expect(facts).toMatchObject({ state: State.ONLINE, fromMs: 9 * HOUR, toMs: 10 * HOUR, durationMs: HOUR, isOpen: false });
  });

  it("has an open interval at the latest one", () => {
    const board = aBoard(PEOPLE);

    const facts = factsAt(board, board.rows[0] as BoardRow, 11 * HOUR, 11 * HOUR);

    expect(facts).toMatchObject({ state: State.BUSY, isOpen: true, durationMs: HOUR });
  });
});

describe("the time in each state", () => {
  it("sums to the time that has passed", () => {
    const board = aBoard(PEOPLE);

    const totals = totalsWithin(board.rows[0] as BoardRow, 0, 12 * HOUR);

    expect(totals[State.BUSY]).toBe(2 * HOUR);
    expect(totals.reduce((sum, ms) => sum + ms, 0)).toBe(12 * HOUR);
  });
});

describe("a cell", () => {
  it("sums to its length, and to now within the running hour", () => {
    const board = aBoard(PEOPLE);
    const [ana, bo] = board.rows as [BoardRow, BoardRow];

    const whole = cellFactsAt(board, ana, 9 * HOUR + MINUTE, 24 * HOUR);
    const running = cellFactsAt(board, bo, 9 * HOUR, 9 * HOUR + 10 * MINUTE);

    expect(whole).toMatchObject({ index: 9, fromMs: 9 * HOUR, toMs: 10 * HOUR });
    expect(whole?.totals[State.ONLINE]).toBe(HOUR);
    expect([running?.totals[State.OFFLINE], running?.totals[State.ONLINE]]).toEqual([1, 10 * MINUTE - 1]);
  });

  it("has nothing to tell of somebody without a report", () => {
    const board = aBoard(PEOPLE);

    expect(cellFactsAt(board, board.rows[2] as BoardRow, HOUR, 24 * HOUR)).toBeNull();
  });
});

describe("the clock on the wall", () => {
  const columns = [
    { offsetMs: 0, label: "00" }, { offsetMs: HOUR, label: "01" }, { offsetMs: 2 * HOUR, label: "01b" },
    { offsetMs: 3 * HOUR, label: "02" },
  ];

  it("counts on from the server's label", () => {
    expect(wallClock(aBoard({}), 9 * HOUR + 12 * MINUTE + 3000)).toBe("09:12:03");
    expect(wallClock(aBoard({}), 24 * HOUR)).toBe("24:00:00");
  });

  it("keeps the mark of an hour that comes twice", () => {
    expect(wallClock({ ...aBoard({}), columns }, HOUR + 30 * MINUTE)).toBe("01:30:00");
    expect(wallClock({ ...aBoard({}), columns }, 2 * HOUR + 30 * MINUTE)).toBe("01:30:00b");
    expect(wallClock({ ...aBoard({}), columns }, 3 * HOUR)).toBe("02:00:00");
  });

  it("begins anew after midnight of a day of operation", () => {
    const night = { ...aBoard({}), columns: [{ offsetMs: 0, label: "22" }] };

    expect(wallClock(night, 3 * HOUR)).toBe("01:00:00");
  });

  it("follows hours that start off the full hour", () => {
    const board = { ...aBoard({}), columns: [{ offsetMs: 0, label: "00:30" }] };

    expect(wallClock(board, 45 * MINUTE)).toBe("01:15:00");
  });
});
