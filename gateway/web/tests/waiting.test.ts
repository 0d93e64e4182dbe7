import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { headerOf } from "../src/api/purpose";
import { sumUpQueues } from "../src/board/waiting";
import { QueueFiguresSchema } from "../src/gen/muster/dispatch/v1/queue_pb";
import type { MessageInitShape } from "@bufbuild/protobuf";

/** The figures of semantics: 1,000 answered, 860 of them in time, 60 abandoned, 20 of those early. */
const BUSY_DAY: MessageInitShape<typeof QueueFiguresSchema> = {
  answeredCount: 1000, answeredInTimeCount: 860, abandonedCount: 60, shortAbandonedCount: 20,
};

function levelOf(policy: string): number | null {
  return sumUpQueues([create(QueueFiguresSchema, { ...BUSY_DAY, serviceLevelPolicy: policy })]).serviceLevel;
}

describe("queues", () => {
  it("have the service level of their formula", () => {
    expect(levelOf("of_offered.v1")).toBeCloseTo(0.811, 3);
    expect(levelOf("of_offered_without_short_abandons.v1")).toBeCloseTo(0.827, 3);
    expect(levelOf("of_answered.v1")).toBeCloseTo(0.86, 3);
    expect(levelOf("of_offered_short_abandons_in_time.v1")).toBeCloseTo(0.83, 3);
    expect(levelOf("of_tomorrow.v9")).toBeNull();
  });

  it("are summed, and their level is sum over sum", () => {
    const queue = (answered: number, inTime: number, oldestMs: number) => create(QueueFiguresSchema, {
      waitingCount: 3, answeredCount: answered, answeredInTimeCount: inTime, serviceLevelPolicy: "of_answered.v1",
      oldestEnqueueTime: timestampFromMs(oldestMs),
    });

    expect(sumUpQueues([queue(90, 90, 5000), queue(10, 0, 2000)])).toEqual({ waiting: 6, oldestMs: 2000, serviceLevel: 0.9 });
  });

  it("have no level together where they are figured differently, and none of nothing", () => {
    const queue = (policy: string) => create(QueueFiguresSchema, { ...BUSY_DAY, serviceLevelPolicy: policy });

    expect(sumUpQueues([queue("of_offered.v1"), queue("of_answered.v1")]).serviceLevel).toBeNull();
    expect(sumUpQueues([create(QueueFiguresSchema, { serviceLevelPolicy: "of_answered.v1" })]).serviceLevel).toBeNull();
    expect(sumUpQueues([])).toEqual({ waiting: 0, oldestMs: null, serviceLevel: null });
  });
});

describe("a stated purpose", () => {
  it("travels in a header whatever its script", () => {
    expect(headerOf({ code: "coaching", note: "" })).toBe("coaching");
    expect(headerOf({ code: "other", note: "Monday's 50% rise " })).toBe("other: Monday's 50%25 rise");
    expect(headerOf({ code: "dispute", note: "周一" })).toBe("dispute: %E5%91%A8%E4%B8%80");
  });
});
