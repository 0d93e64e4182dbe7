import { describe, expect, it } from "vitest";
import { applyChanges } from "../src/board/changes";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { aBoard, aFrame, HOUR, told } from "./builders";

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
});
