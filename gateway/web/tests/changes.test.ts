import { describe, expect, it } from "vitest";
import { applyChanges } from "../src/board/changes";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { paintOf, SPARE_BUSY } from "../src/board/paints";
import { reasonOf } from "../src/board/states";
import { aBoard, aFrame, HARBOUR, HOUR, told } from "./builders";

const DELTA = "sites/delta";
const MORNING = { ana: [[0, State.OFFLINE], [9 * HOUR, State.ONLINE]], bo: [] } as const;

describe("a frame of changes", () => {
  it("adds an interval where the row's last one ends", () => {
    const board = aBoard(MORNING);

    const applied = applyChanges(board, aFrame(101n, [{ agent: "ana", at: 10 * HOUR, state: State.BUSY }]));

    expect(told(board, "ana")).toBe("00:00 OFFLINE, 09:00 ONLINE, 10:00 BUSY");
    expect(applied).toEqual({ changedRows: [0], isLate: false, strangers: [] });
  });

  it("changes nothing when the snapshot includes it", () => {
    const board = aBoard(MORNING);

    applyChanges(board, aFrame(100n, [{ agent: "ana", at: 10 * HOUR, state: State.BUSY }]));

    expect(told(board, "ana")).toBe("00:00 OFFLINE, 09:00 ONLINE");
  });

  it("is late when it lies before what the row shows", () => {
    const board = aBoard(MORNING);

    const applied = applyChanges(board, aFrame(101n, [{ agent: "ana", at: 8 * HOUR, state: State.BUSY }]));

    expect(applied.isLate).toBe(true);
    expect(told(board, "ana")).toBe("00:00 OFFLINE, 09:00 ONLINE");
  });

  it("is late when it altered the past, whatever the agent is now", () => {
    const board = aBoard(MORNING);

    const applied = applyChanges(board, aFrame(102n, [
      { agent: "ana", at: 10 * HOUR, state: State.ONLINE, since: 11 * HOUR, revised: true },
    ]));

    expect(applied.isLate).toBe(true);
    expect(told(board, "ana")).toBe("00:00 OFFLINE, 09:00 ONLINE");
  });

  it("is late when it concerns everybody", () => {
    const applied = applyChanges(aBoard(MORNING), aFrame(101n, [
      { agent: "", at: 10 * HOUR, state: State.UNSPECIFIED, revised: true },
    ]));

    expect(applied).toEqual({ changedRows: [], isLate: true, strangers: [] });
  });

  it("changes nothing when another source says what the agent is", () => {
    const board = aBoard(MORNING);

    const applied = applyChanges(board, aFrame(101n, [
      { agent: "ana", at: 10 * HOUR, state: State.ONLINE, since: 9 * HOUR },
    ]));

    expect(told(board, "ana")).toBe("00:00 OFFLINE, 09:00 ONLINE");
    expect(applied.isLate).toBe(false);
  });

  it("is ordered by occurrence before it is applied", () => {
    const board = aBoard(MORNING);

    const applied = applyChanges(board, aFrame(101n, [
      { agent: "ana", at: 12 * HOUR, state: State.WRAP_UP },
      { agent: "ana", at: 11 * HOUR, state: State.BUSY },
    ]));

    expect(applied.isLate).toBe(false);
    expect(told(board, "ana")).toBe("00:00 OFFLINE, 09:00 ONLINE, 11:00 BUSY, 12:00 WRAP_UP");
  });

  it("leaves unobserved what lies before somebody's first report", () => {
    const board = aBoard(MORNING);

    applyChanges(board, aFrame(101n, [{ agent: "bo", at: 10 * HOUR, state: State.ONLINE }]));

    expect(told(board, "bo")).toBe("00:00 UNOBSERVED, 10:00 ONLINE");
  });

  it("replaces what the day opens with when it lies before the day", () => {
    const board = aBoard(MORNING);

    applyChanges(board, aFrame(101n, [{ agent: "bo", at: -HOUR, state: State.BUSY }]));

    expect(told(board, "bo")).toBe("00:00 BUSY");
  });

  it("is passed over when it lies after the day", () => {
    const board = aBoard(MORNING);

    const applied = applyChanges(board, aFrame(101n, [
      { agent: "ana", at: 25 * HOUR, state: State.BUSY }, { agent: "nobody", at: 25 * HOUR, state: State.BUSY },
    ]));

    expect(applied).toEqual({ changedRows: [], isLate: false, strangers: [] });
  });

  it("names who is not on the board", () => {
    const board = aBoard(MORNING);

    const applied = applyChanges(board, aFrame(101n, [{ agent: "new", at: 10 * HOUR, state: State.BUSY }]));

    expect(applied.strangers).toEqual(["agents/new"]);
  });

  it("of another epoch asks for a snapshot", () => {
    const board = aBoard(MORNING);

    const applied = applyChanges(board, aFrame(5n, [{ agent: "ana", at: 10 * HOUR, state: State.BUSY }], 2));

    expect(applied.isLate).toBe(true);
  });

  it("that lost a column's values asks for a snapshot", () => {
    const frame = aFrame(101n, [{ agent: "ana", at: 10 * HOUR, state: State.BUSY }]);
    frame.states.pop();

    expect(applyChanges(aBoard(MORNING), frame).isLate).toBe(true);
  });

  it("applies a frame without reasons: not everybody may read them", () => {
    const board = aBoard({ ana: [[0, State.ONLINE]] });
    const frame = aFrame(101n, [{ agent: "ana", at: 10 * HOUR, state: State.BREAK, reason: "lunch" }]);
    frame.reasons = [];

    expect(applyChanges(board, frame).isLate).toBe(false);
    expect(told(board, "ana")).toBe("00:00 ONLINE, 10:00 BREAK");
  });

  it("is told by its own site's order alone", () => {
    const board = aBoard({ "harbour-1": [[0, State.ONLINE]], "delta-1": [[0, State.ONLINE]] }, undefined, [HARBOUR, DELTA]);

    applyChanges(board, aFrame(107n, [{ agent: "delta-1", at: HOUR, state: State.BUSY }], 1, DELTA));
    const applied = applyChanges(board, aFrame(101n, [{ agent: "harbour-1", at: 2 * HOUR, state: State.BUSY }]));

    expect(applied.changedRows).toEqual([0]);
    expect(told(board, "delta-1")).toBe("00:00 ONLINE, 01:00 BUSY");
    expect(told(board, "harbour-1")).toBe("00:00 ONLINE, 02:00 BUSY");
  });

  it("brings reasons that mean what their own site says", () => {
    const board = aBoard({ "harbour-1": [[0, State.ONLINE]], "delta-1": [[0, State.ONLINE]] }, undefined, [HARBOUR, DELTA]);
    const course = { at: HOUR, state: State.BREAK, reason: "course" };

    applyChanges(board, aFrame(101n, [{ ...course, agent: "harbour-1" }]));
    applyChanges(board, aFrame(101n, [{ ...course, agent: "delta-1" }], 1, DELTA));

    expect(board.reasons.slice(1)).toEqual([{ site: HARBOUR, code: "course" }, { site: DELTA, code: "course" }]);
    expect(board.rows.map((row) => reasonOf(row.codes.at(-1) as number))).toEqual([1, 2]);
  });

  it("tells who is busy and could take more, and when that is over", () => {
    const board = aBoard(MORNING);

    applyChanges(board, aFrame(101n, [
      { agent: "ana", at: 10 * HOUR, state: State.BUSY, hasCapacity: true }, { agent: "ana", at: 11 * HOUR, state: State.BUSY },
    ]));

    const looks = board.rows[0]?.codes.slice(-2).map((code) => paintOf(code, new Set()));
    expect(looks).toEqual([SPARE_BUSY, State.BUSY]);
  });
});
