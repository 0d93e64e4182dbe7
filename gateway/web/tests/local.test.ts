import { describe, expect, it } from "vitest";
import { daysIn, daysUntil, faultOf, steppedRange } from "../src/board/local";

describe("a range of local times", () => {
  it("of several days ends with the last of them, whatever the clocks do between", () => {
    expect(daysUntil("2026-10-26", 3)).toEqual({ from: "2026-10-24T00:00", to: "2026-10-27T00:00" });
    expect(daysUntil("2026-03-30", 7)).toEqual({ from: "2026-03-24T00:00", to: "2026-03-31T00:00" });
    expect(daysIn(daysUntil("2026-03-30", 7))).toBe(7);
  });

  it("is stepped by its own length and stays at the same time of the day", () => {
    expect(steppedRange({ from: "2026-10-24T00:00", to: "2026-10-27T00:00" }, -1))
      .toEqual({ from: "2026-10-21T00:00", to: "2026-10-24T00:00" });
    expect(steppedRange({ from: "2026-02-28T22:30", to: "2026-02-28T23:15" }, 1))
      .toEqual({ from: "2026-02-28T23:15", to: "2026-03-01T00:00" });
  });

  it("is a number of days only from midnight to midnight", () => {
    expect(daysIn({ from: "2026-03-01T08:00", to: "2026-03-02T08:00" })).toBeNull();
  });

  it.each([
    [{ from: "", to: "2026-03-02T08:00" }, "incomplete"],
    [{ from: "2026-02-30T00:00", to: "2026-03-02T08:00" }, "incomplete"],
    [{ from: "2026-03-02T24:00", to: "2026-03-03T08:00" }, "incomplete"],
    [{ from: "2026-03-02T08:00", to: "2026-03-02T08:00" }, "backwards"],
    [{ from: "2026-03-02T08:00", to: "2026-03-09T08:01" }, "long"],
    [{ from: "2026-03-02T08:00", to: "2026-03-09T08:00" }, null],
  ] as const)("%o is %s", (range, fault) => {
    expect(faultOf(range)).toBe(fault);
  });
});
