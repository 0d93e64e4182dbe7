import { describe, expect, it } from "vitest";
import { parseView, formatView } from "../src/app/view";
import { breakMeasure, isOnLongBreak, longBreakCount, nextLongBreakMs, type BreakLimits } from "../src/board/breaks";
import { applyChanges } from "../src/board/changes";
import type { Board, BoardRow } from "../src/board/model";
import { shownRows } from "../src/board/order";
import { LONG_BREAK } from "../src/board/standings";
import { encodeInterval } from "../src/board/states";
import { Activity, Mark, State } from "../src/gen/muster/presence/v1/state_pb";
import { aBoard, aFrame, DAY_START, HOUR, MINUTE, SEQ } from "./builders";

const NOON = 12 * HOUR;
const FIFTEEN = 15 * MINUTE;

/** Ana went for tea at noon and Bo for lunch; a tea may last a quarter of an hour, a lunch for ever. */
function aTeaRoom(): { readonly board: Board; readonly limits: BreakLimits } {
  const board = aBoard({ ana: [[0, State.ONLINE]], bo: [[0, State.ONLINE]], chen: [[0, State.BUSY]] });
  applyChanges(board, aFrame(SEQ + 1n, [
    { agent: "ana", at: NOON, state: State.BREAK, reason: "tea" },
    { agent: "bo", at: NOON, state: State.BREAK, reason: "lunch" },
  ]));
  const tea = board.reasons.findIndex(({ code }) => code === "tea");
  return { board, limits: new Map([[tea, FIFTEEN]]) };
}

function rowOf(board: Board, agent: string): BoardRow {
  return board.rows[board.rowOf.get(`agents/${agent}`) as number] as BoardRow;
}

describe("a long break", () => {
  it("begins after the longest time of its reason, and not with it", () => {
    const { board, limits } = aTeaRoom();

    expect(isOnLongBreak(board, rowOf(board, "ana"), NOON + FIFTEEN, limits)).toBe(false);
    expect(isOnLongBreak(board, rowOf(board, "ana"), NOON + FIFTEEN + 1, limits)).toBe(true);
  });

  it("is none of a reason without a limit", () => {
    const { board, limits } = aTeaRoom();

    expect(isOnLongBreak(board, rowOf(board, "bo"), NOON + 5 * HOUR, limits)).toBe(false);
  });

  it("is over with the break", () => {
    const { board, limits } = aTeaRoom();
    applyChanges(board, aFrame(SEQ + 2n, [{ agent: "ana", at: NOON + HOUR, state: State.ONLINE }]));

    expect(longBreakCount(board, NOON + HOUR - 1, limits)).toBe(1);
    expect(longBreakCount(board, NOON + HOUR, limits)).toBe(0);
  });

  it("goes on where a mark comes or goes", () => {
    const { board, limits } = aTeaRoom();
    const row = rowOf(board, "ana");
    const tea = board.reasons.findIndex(({ code }) => code === "tea");
    row.starts.push(NOON + 10 * MINUTE);
    row.codes.push(encodeInterval(State.BREAK, Mark.GAP, Activity.UNSPECIFIED, tea));
    row.lastChangeMs = DAY_START + NOON + 10 * MINUTE;

    expect(breakMeasure(board, row, row.codes.length - 1, NOON + 18 * MINUTE, limits))
      .toEqual({ longestMs: FIFTEEN, overMs: 3 * MINUTE });
  });

  it("counts from before the day where the break began there", () => {
    const board = aBoard({ ana: [] });
    applyChanges(board, aFrame(SEQ + 1n, [{ agent: "ana", at: 0, since: -HOUR, state: State.BREAK, reason: "tea" }]));

    expect(isOnLongBreak(board, rowOf(board, "ana"), MINUTE, new Map([[1, FIFTEEN]]))).toBe(true);
  });

  it("comes without an event, after an instant that is known", () => {
    const { board, limits } = aTeaRoom();
    const due = nextLongBreakMs(board, NOON + MINUTE, limits);

    expect(due).toBe(NOON + FIFTEEN);
    expect(longBreakCount(board, due, limits)).toBe(0);
    expect(longBreakCount(board, due + 1, limits)).toBe(1);
    expect(nextLongBreakMs(board, due + 1, limits)).toBe(Number.POSITIVE_INFINITY);
  });

  it("is nobody's while the limits are not known", () => {
    const { board } = aTeaRoom();

    expect(longBreakCount(board, NOON + HOUR, null)).toBe(0);
  });
});

describe("the filter of long breaks", () => {
  const shown = (query: string) => {
    const { board, limits } = aTeaRoom();
    return shownRows(board, parseView(query), NOON + HOUR, limits).map((index) => board.rows[index]?.name);
  };

  it("shows those on one, which are on a break as well", () => {
    expect(shown("state=longBreak")).toEqual(["ana"]);
    expect(shown("state=break")).toEqual(["ana", "bo"]);
  });

  it("is one more of the states", () => {
    expect(shown("state=busy,longBreak")).toEqual(["ana", "chen"]);
  });

  it("stands in the address", () => {
    expect(parseView("state=longBreak").states).toEqual([LONG_BREAK]);
    expect(formatView(parseView("state=busy,longBreak"))).toBe("state=busy,longBreak");
  });
});
