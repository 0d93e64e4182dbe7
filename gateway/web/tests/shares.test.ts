import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { AgentDaySchema, type AgentDay } from "../src/gen/muster/gateway/v1/board_service_pb";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { sharesAt } from "../src/log/shares";
import { DAY_START, HOUR } from "./builders";

const at = (hours: number) => timestampFromMs(DAY_START + hours * HOUR);

interface Told {
  readonly state: State;
  readonly reason?: string;
  readonly milliseconds: bigint;
}

const TOLD: readonly Told[] = [
  { state: State.ONLINE, milliseconds: BigInt(HOUR) },
  { state: State.BUSY, milliseconds: BigInt(2 * HOUR) },
  { state: State.BREAK, reason: "meal", milliseconds: BigInt(HOUR) },
];

/** Online from 8, busy from 9, a meal from 11, and at 12 the day is read. */
function aDay(stateTimes = TOLD): AgentDay {
  return create(AgentDaySchema, {
    startTime: at(8), endTime: at(16), passedTime: at(12),
    stateTimes: [...stateTimes],
    timeline: {
      intervals: [
        { state: State.ONLINE, startTime: at(8), endTime: at(9) },
        { state: State.BUSY, startTime: at(9), endTime: at(10), capacityLeft: true },
        { state: State.BUSY, startTime: at(10), endTime: at(11) },
        { state: State.BREAK, reason: "meal", startTime: at(11), endTime: at(12) },
      ],
    },
  });
}

describe("the time in each state", () => {
  it("is what the server summed up", () => {
    expect(sharesAt(aDay(), DAY_START + 12 * HOUR).map(({ state, ms, ratio }) => [state, ms / HOUR, ratio])).toEqual([
      [State.ONLINE, 1, 0.25], [State.BUSY, 2, 0.5], [State.BREAK, 1, 0.25],
    ]);
  });

  it("goes on in the running state, for its reason, until now", () => {
    const meal = sharesAt(aDay(), DAY_START + 14 * HOUR).find(({ state }) => state === State.BREAK);

    expect(meal).toMatchObject({ ms: 3 * HOUR, ratio: 0.5, reasons: [{ reason: "meal", ms: 3 * HOUR }] });
  });

  it("ends with the span, however late it is", () => {
    const total = sharesAt(aDay(), DAY_START + 40 * HOUR).reduce((sum, { ms }) => sum + ms, 0);

    expect(total).toBe(8 * HOUR);
  });

  it("tells how much of busy left capacity", () => {
    const busy = sharesAt(aDay(), DAY_START + 12 * HOUR).find(({ state }) => state === State.BUSY);

    expect(busy?.spareMs).toBe(HOUR);
  });

  it("goes on with capacity left while that runs", () => {
    const times = [{ state: State.BUSY, milliseconds: BigInt(HOUR) }];
    const day = create(AgentDaySchema, {
      startTime: at(8), endTime: at(16), passedTime: at(9), stateTimes: times,
      timeline: { intervals: [{ state: State.BUSY, startTime: at(8), endTime: at(9), capacityLeft: true }] },
    });

    expect(sharesAt(day, DAY_START + 11 * HOUR)).toMatchObject([{ state: State.BUSY, ms: 3 * HOUR, spareMs: 3 * HOUR }]);
  });

  it("tells reasons by length, and none where none was told", () => {
    const shares = sharesAt(aDay([
      { state: State.BREAK, reason: "short", milliseconds: 1n }, { state: State.BREAK, reason: "", milliseconds: 9n },
      { state: State.BREAK, reason: "meal", milliseconds: 5n },
    ]), DAY_START + 12 * HOUR);

    expect(shares).toHaveLength(1);
    expect(shares[0]?.reasons.map(({ reason }) => reason)).toEqual(["meal", "short"]);
  });

  it("is nothing without presence", () => {
    const day = create(AgentDaySchema, { startTime: at(8), endTime: at(16), passedTime: at(12) });

    expect(sharesAt(day, DAY_START + 14 * HOUR)).toEqual([]);
  });
});
