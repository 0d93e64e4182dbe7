import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { subscribeThrough, type PushHandlers, type Subscription } from "../src/api/push";
import { PushHub } from "../src/api/push/hub";
import type { PushPage } from "../src/api/push/page";
import { pageOf, PushServer } from "./push";

const BANK = "sites/bank";
const SHOP = "sites/shop";

/** Notes what a subscription is told: places of frames, and the rest by name. */
class Reader {
  readonly told: string[] = [];
  subscription: Subscription | null = null;
  signals = 0;

  readonly handlers: PushHandlers<{ cursor?: { seq: bigint } }> = {
    onSignal: () => (this.signals += 1),
    onFrame: (message) => this.told.push(String(message.cursor?.seq)),
    onResync: () => this.told.push("resync"),
    onRefused: (reason) => this.told.push(reason),
    onBroken: () => this.told.push("broken"),
  };
}

function follow(page: PushPage, kind: "board" | "waiting" | "roster", site: string, seq: bigint | null = null): Reader {
  const reader = new Reader();
  const place = seq === null ? null : { epoch: 1, seq };
  reader.subscription = subscribeThrough(page)(kind, site, place, reader.handlers as never);
  return reader;
}

describe("the push stream of a browser", () => {
  let server: PushServer;
  let hub: PushHub;
  const settle = () => vi.advanceTimersByTime(20);
  const frame = (site: string, seq: number) => ({ cursor: { site, epoch: 1, seq: String(seq) } });

  beforeEach(() => {
    vi.useFakeTimers();
    server = new PushServer();
    hub = new PushHub(server.open);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("is one for all topics of all pages", () => {
    const page = pageOf(hub);
    follow(page, "board", BANK, 5n);
    follow(page, "waiting", BANK);
    follow(pageOf(hub), "board", BANK, 5n);
    settle();

    expect(server.addresses).toEqual(["/v1/push?topic=board/sites/bank&topic=waiting/sites/bank&cursor=1:5&cursor="]);
  });

  it("tells each page of its own topics", () => {
    const bank = follow(pageOf(hub), "board", BANK, 5n);
    const shop = follow(pageOf(hub), "board", SHOP, 7n);
    settle();

    server.say("states", "1:6,1:7", frame(BANK, 6));
    server.say("states", "1:6,1:9", frame(SHOP, 9));

    expect([bank.told, shop.told]).toEqual([["6"], ["9"]]);
  });

  it("is opened anew behind what came when a topic is added", () => {
    follow(pageOf(hub), "board", BANK, 5n);
    settle();
    server.say("states", "1:6", frame(BANK, 6));
    server.say("heartbeat", "1:8");

    follow(pageOf(hub), "roster", BANK);
    settle();

    expect(server.addresses.at(-1)).toBe("/v1/push?topic=board/sites/bank&topic=roster/sites/bank&cursor=1:8&cursor=");
    expect(server.openCount).toBe(1);
  });

  it("is live for a new topic once the stream that tells of it is open", () => {
    const page = pageOf(hub);
    follow(page, "roster", BANK);
    settle();
    server.send("open");

    const board = follow(page, "board", BANK, 5n);
    settle();

    expect(board.signals).toBe(0);
    server.send("open");
    expect(board.signals).toBe(1);
  });

  it("gives a page with an older snapshot what it lacks, and nothing twice", () => {
    follow(pageOf(hub), "board", BANK, 5n);
    settle();
    for (const seq of [6, 7, 8]) server.say("states", `1:${seq}`, frame(BANK, seq));

    const late = follow(pageOf(hub), "board", BANK, 6n);
    server.say("states", "1:9", frame(BANK, 9));

    expect(late.told).toEqual(["7", "8", "9"]);
    expect(server.addresses).toHaveLength(1);
  });

  it("sends a page that is too far behind for a snapshot, and no other one", () => {
    const first = follow(pageOf(hub), "board", BANK, 5n);
    settle();

    const late = follow(pageOf(hub), "board", BANK, 3n);
    server.say("states", "1:6", frame(BANK, 6));

    expect([first.told, late.told]).toEqual([["6"], ["resync"]]);
  });

  it("tells a new page at once how the queues stand", () => {
    follow(pageOf(hub), "waiting", BANK);
    settle();
    server.say("waiting", "-", frame(BANK, 30));
    server.say("waiting", "-", frame(BANK, 31));

    expect(follow(pageOf(hub), "waiting", BANK).told).toEqual(["31"]);
  });

  it("goes on with the others when a topic is refused or lost", () => {
    const page = pageOf(hub);
    const board = follow(page, "board", BANK, 5n);
    const queues = follow(page, "waiting", BANK);
    settle();

    server.say("refused", "1:5,-", { topic: "waiting/sites/bank", reason: "PERMISSION_MISSING" });
    settle();
    server.say("resync", "", { topic: "board/sites/bank", reason: "BEHIND" });
    settle();

    expect([queues.told, board.told]).toEqual([["PERMISSION_MISSING"], ["resync"]]);
    expect(server.addresses.at(-1)).toBe("/v1/push?topic=board/sites/bank&cursor=1:5");
    expect(server.openCount).toBe(0);
  });

  it("keeps nothing for later pages once it broke: somebody else may have signed in", () => {
    const first = follow(pageOf(hub), "board", BANK, 5n);
    settle();
    server.say("states", "1:6", frame(BANK, 6));
    server.send("error");

    expect(first.told).toEqual(["6", "broken"]);
    expect(follow(pageOf(hub), "board", BANK, 5n).told).toEqual(["resync"]);
  });

  it("ends with the last page", () => {
    const page = pageOf(hub);
    const reader = follow(page, "board", BANK, 5n);
    settle();

    reader.subscription?.close();
    settle();

    expect(server.openCount).toBe(0);
  });

  it("forgets a page that says nothing any more", () => {
    hub.hear({ postMessage: () => undefined }, { kind: "want", all: [{ id: 1, topic: "board/sites/shop", cursor: "1:1" }] });
    follow(pageOf(hub), "board", BANK, 5n);
    settle();

    for (let minute = 0; minute < 4; minute += 1) {
      vi.advanceTimersByTime(20_000);
      server.say("heartbeat", "1:1,1:5");
      vi.advanceTimersByTime(20_000);
      server.say("heartbeat", "1:1,1:5");
      vi.advanceTimersByTime(20_000);
      server.say("heartbeat", "1:1,1:5");
    }
    settle();

    expect(server.addresses.at(-1)).toBe("/v1/push?topic=board/sites/bank&cursor=1:5");
  });

  it("comes back when a page does that was away", () => {
    const page = pageOf(hub);
    const reader = follow(page, "board", BANK, 5n);
    settle();
    server.say("states", "1:6", frame(BANK, 6));
    page.announce(true);
    settle();
    expect(server.openCount).toBe(0);

    page.announce();
    settle();

    expect(server.addresses.at(-1)).toContain("cursor=1:6");
    expect(reader.told).toEqual(["6"]);
  });
});
