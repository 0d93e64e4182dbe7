import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { AgentTimeline_IntervalSchema } from "../src/gen/muster/presence/v1/timeline_service_pb";
import { Shift_State, ShiftSchema } from "../src/gen/muster/roster/v1/shift_pb";
import { shiftFacts } from "../src/log/shifts";
import { DAY_START, HOUR } from "./builders";

const ms = (hours: number) => DAY_START + hours * HOUR;
const at = (hours: number) => timestampFromMs(ms(hours));
const aShift = (from: number, to: number, state = Shift_State.PUBLISHED) =>
  create(ShiftSchema, { startTime: at(from), endTime: at(to), state });

/** Each state holds until the next one begins, the last one until midnight. */
function seen(...changes: readonly (readonly [number, State])[]) {
  return changes.map(([from, state], index) => create(AgentTimeline_IntervalSchema, {
    state, startTime: at(from), endTime: at(changes[index + 1]?.[0] ?? 24),
  }));
}

const EARLY = seen([0, State.OFFLINE], [8.5, State.ONLINE], [12, State.BREAK], [13, State.BUSY], [16, State.OFFLINE]);

describe("a shift against what was seen", () => {
  it("tells when somebody was first and last there, before and after it too", () => {
    const [facts] = shiftFacts([aShift(9, 17)], EARLY, ms(24));

    expect(facts).toMatchObject({ firstMs: ms(8.5), lastMs: ms(16), presentMs: 7 * HOUR, passedMs: 8 * HOUR });
  });

  it("tells no end while somebody is still there", () => {
    const [facts] = shiftFacts([aShift(9, 17)], EARLY, ms(15));

    expect(facts).toMatchObject({ firstMs: ms(8.5), lastMs: null, presentMs: 6 * HOUR, passedMs: 6 * HOUR });
  });

  it("counts what nobody observed apart from absence", () => {
    const [facts] = shiftFacts([aShift(9, 12)], seen([0, State.UNOBSERVED], [10, State.OFFLINE], [11, State.ONLINE]), ms(24));

    expect(facts).toMatchObject({ unknownMs: HOUR, presentMs: HOUR, firstMs: ms(11) });
  });

  it("leaves another shift's presence to that one", () => {
    const [morning, evening] = shiftFacts([aShift(6, 8), aShift(18, 22)], seen([6, State.ONLINE], [8, State.OFFLINE]), ms(24));

    expect(morning).toMatchObject({ presentMs: 2 * HOUR });
    expect(evening).toMatchObject({ firstMs: null, lastMs: null, presentMs: 0 });
  });

  it("has not begun before its start, and is none if it was cancelled", () => {
    expect(shiftFacts([aShift(18, 22)], EARLY, ms(12))[0]).toMatchObject({ passedMs: 0, firstMs: null });
    expect(shiftFacts([aShift(9, 17, Shift_State.CANCELLED)], EARLY, ms(12))).toEqual([]);
  });
});
