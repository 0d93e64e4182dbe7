import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { subscribeThrough } from "../src/api/push";
import { LiveBoard } from "../src/board/live";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { aBoard, aFrame, DAY_START, HARBOUR, HOUR, told } from "./builders";
import { aPage, PushServer } from "./push";

const PEOPLE = { ana: [[0, State.ONLINE]], bo: [[0, State.ONLINE], [9 * HOUR, State.BUSY]] } as const;

describe("a live board", () => {
  let server: PushServer;
  let live: LiveBoard;
  const requestSnapshot = vi.fn();

  beforeEach(() => {
    vi.useFakeTimers();
    requestSnapshot.mockReset();
    server = new PushServer();
    live = new LiveBoard(requestSnapshot, undefined, subscribeThrough(aPage(server)));
    live.show(aBoard(PEOPLE));
    vi.advanceTimersByTime(20);
  });

  afterEach(() => {
    live.close();
    vi.useRealTimers();
  });

  it("follows the site from the snapshot's place on", () => {
    expect(server.addresses).toEqual(["/v1/push?topic=board/sites/harbour&cursor=1:100"]);
  });

  it("applies what comes in order", () => {
    server.push(aFrame(101n, [{ agent: "ana", at: 10 * HOUR, state: State.BUSY }]));

    expect(told(live.getState().board!, "ana")).toBe("00:00 ONLINE, 10:00 BUSY");
    expect(requestSnapshot).not.toHaveBeenCalled();
  });

  it("asks once for a snapshot when late reports come in a flock", () => {
    for (const seq of [101n, 102n, 103n]) server.push(aFrame(seq, [{ agent: "bo", at: 8 * HOUR, state: State.BREAK }]));
    vi.advanceTimersByTime(2500);

    expect(requestSnapshot).toHaveBeenCalledTimes(1);
  });

  it("asks once for a snapshot when the roster changes again and again", () => {
    for (const _ of [1, 2, 3]) live.refreshRoster();
    vi.advanceTimersByTime(6000);

    expect(requestSnapshot).toHaveBeenCalledTimes(1);
  });

  it("knows since when nobody tells what changes, until somebody does", () => {
    server.say("missing", "1:100", { topic: "board/sites/harbour", reason: "BACKEND_UNAVAILABLE" });
    expect(live.getState()).toMatchObject({ connection: "live", still: new Map([[HARBOUR, Date.now()]]) });

    server.push(aFrame(101n, [{ agent: "ana", at: 10 * HOUR, state: State.BUSY }]));

    expect(live.getState().still.size).toBe(0);
  });

  it("brings a snapshot up to date that left before the newest frames", () => {
    server.push(aFrame(101n, [{ agent: "ana", at: 10 * HOUR, state: State.BUSY }]));

    live.show(aBoard(PEOPLE));

    expect(told(live.getState().board!, "ana")).toBe("00:00 ONLINE, 10:00 BUSY");
    expect(server.addresses).toHaveLength(1);
  });

  it("asks again when a snapshot left before a late report", () => {
    server.push(aFrame(101n, [{ agent: "bo", at: 8 * HOUR, state: State.BREAK }]));
    vi.advanceTimersByTime(2500);

    live.show(aBoard(PEOPLE));
    vi.advanceTimersByTime(2500);

    expect(requestSnapshot).toHaveBeenCalledTimes(2);
  });

  it("asks no second time for somebody whom the snapshot does not show either", () => {
    server.push(aFrame(101n, [{ agent: "stranger", at: HOUR, state: State.BUSY }]));
    vi.advanceTimersByTime(2500);
    const newer = aBoard(PEOPLE);
    newer.places.set(HARBOUR, { epoch: 1, seq: 101n });
    live.show(newer);

    server.push(aFrame(102n, [{ agent: "stranger", at: 2 * HOUR, state: State.BUSY }]));
    vi.advanceTimersByTime(2500);

    expect(requestSnapshot).toHaveBeenCalledTimes(1);
  });

  it("resumes after a break from the last place that it saw", () => {
    server.push(aFrame(107n, [{ agent: "ana", at: 10 * HOUR, state: State.BUSY }]));
    server.send("error");
    expect(live.getState().connection).toBe("broken");

    vi.advanceTimersByTime(1500);
    server.send("open");

    expect(server.addresses.at(-1)).toContain("cursor=1:107");
    expect(live.getState().connection).toBe("live");
  });

  it("resumes from the place that a heartbeat told", () => {
    server.send("heartbeat", { lastEventId: "1:120", data: "{}" });
    server.send("error");
    vi.advanceTimersByTime(1500);

    expect(server.addresses.at(-1)).toContain("cursor=1:120");
  });

  it("takes silence for a break", () => {
    server.send("open");

    vi.advanceTimersByTime(26_000);

    expect(live.getState().connection).toBe("broken");
  });

  it("starts anew from a snapshot when the server says so, some time after the last one", () => {
    server.send("resync", { data: `{"topic":"board/sites/harbour","reason":"BEHIND"}` });
    expect(server.isOpen).toBe(false);
    expect(requestSnapshot).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2000);
    expect(requestSnapshot).toHaveBeenCalledTimes(1);

    const newer = aBoard(PEOPLE);
    newer.places.set(HARBOUR, { epoch: 1, seq: 900n });
    live.show(newer);
    vi.advanceTimersByTime(20);

    expect(server.addresses.at(-1)).toContain("cursor=1:900");
  });
});

describe("a live board of several sites", () => {
  const DELTA = "sites/delta";
  const people = { "harbour-1": [[0, State.ONLINE]], "delta-1": [[0, State.ONLINE]] } as const;
  const board = () => aBoard(people, undefined, [HARBOUR, DELTA]);
  let server: PushServer;
  let live: LiveBoard;
  const requestSnapshot = vi.fn();

  beforeEach(() => {
    vi.useFakeTimers();
    requestSnapshot.mockReset();
    server = new PushServer();
    live = new LiveBoard(requestSnapshot, undefined, subscribeThrough(aPage(server)));
    live.show(board());
    vi.advanceTimersByTime(20);
  });

  afterEach(() => {
    live.close();
    vi.useRealTimers();
  });

  it("follows each of them from its own place", () => {
    expect(server.addresses.at(-1)).toBe(
      "/v1/push?topic=board/sites/harbour&topic=board/sites/delta&cursor=1:100&cursor=1:100",
    );
  });

  it("leaves those that a newer board does not show", () => {
    live.show(aBoard(people, undefined, [DELTA]));
    vi.advanceTimersByTime(20);

    expect(server.addresses.at(-1)).toBe("/v1/push?topic=board/sites/delta&cursor=1:100");
  });

  it("brings a snapshot up to date with each of them, however much another one told since", () => {
    server.push(aFrame(101n, [{ agent: "delta-1", at: 10 * HOUR, state: State.BUSY }], 1, DELTA), "-,1:101");
    for (let seq = 101n; seq <= 600n; seq += 1n) server.push(aFrame(seq, []), `1:${seq},-`);

    live.show(board());

    expect(told(live.getState().board!, "delta-1")).toBe("00:00 ONLINE, 10:00 BUSY");
  });

  it("tells the newest change of those that are shown, and of none that was left", () => {
    server.push(aFrame(101n, [{ agent: "harbour-1", at: 10 * HOUR, state: State.BUSY }]), "1:101,-");
    expect(live.getState().newestChangeMs).toBe(DAY_START + 10 * HOUR);

    live.show(aBoard(people, undefined, [DELTA]));

    expect(live.getState().newestChangeMs).toBe(DAY_START);
  });

  it("knows which of them stands still, while the others go on", () => {
    server.say("missing", "-,-", { topic: "board/sites/delta", reason: "BACKEND_UNAVAILABLE" });
    server.push(aFrame(101n, [{ agent: "harbour-1", at: 10 * HOUR, state: State.BUSY }]), "1:101,-");

    expect([...live.getState().still.keys()]).toEqual([DELTA]);
    expect(told(live.getState().board!, "harbour-1")).toBe("00:00 ONLINE, 10:00 BUSY");
  });

  it("starts the one anew that cannot go on, and keeps what the others told", () => {
    server.push(aFrame(101n, [{ agent: "harbour-1", at: 10 * HOUR, state: State.BUSY }]), "1:101,-");
    server.send("resync", { data: `{"topic":"board/sites/delta","reason":"BEHIND"}` });
    vi.advanceTimersByTime(2000);
    expect(requestSnapshot).toHaveBeenCalledTimes(1);

    const newer = board();
    newer.places.set(DELTA, { epoch: 1, seq: 900n });
    live.show(newer);
    vi.advanceTimersByTime(20);

    expect(server.addresses.at(-1)).toBe(
      "/v1/push?topic=board/sites/harbour&topic=board/sites/delta&cursor=1:101&cursor=1:900",
    );
    expect(told(live.getState().board!, "harbour-1")).toBe("00:00 ONLINE, 10:00 BUSY");
  });
});
