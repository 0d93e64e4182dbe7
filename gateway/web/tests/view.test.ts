import { describe, expect, it } from "vitest";
import { formatView, parseView } from "../src/app/view";
import { isDay, stepDay, stepMonth, weeksOfMonth } from "../src/board/day";
import { State } from "../src/gen/muster/presence/v1/state_pb";

describe("the address", () => {
  it("opens the same view at whoever it is sent to", () => {
    const address = "site=bank,delta&day=1999-08-31&zone=Asia/Jerusalem&axis=operation&at=1999-08-31T06:00:00.000Z&span=5400"
      + "&look=cells&q=ana&team=north,south&line=care&skill=english&state=busy,break&sort=-since&group=team&folded=north"
      + "&rows=roomy&picked=a05,a06&agent=a05";

    expect(formatView(parseView(address))).toBe(address);
  });

  it("opens the same range, to the minute", () => {
    const address = "site=-&from=1999-08-31T06:05&to=1999-09-01T17:30";

    expect(formatView(parseView(address))).toBe(address);
    expect(parseView(address)).toMatchObject({
      sites: ["sites/-"], range: { from: "1999-08-31T06:05", to: "1999-09-01T17:30" },
    });
  });

  it("names what is shown", () => {
    const view = parseView("site=bank&day=1999-08-31&agent=a05&state=wrapUp");

    expect(view).toMatchObject({ sites: ["sites/bank"], day: "1999-08-31", agent: "agents/a05", states: [State.WRAP_UP] });
  });

  it("passes over what it does not understand", () => {
    const view = parseView(
      "site=../x&day=1999-02-30&agent=A%20B&state=asleep&rows=9&zone=<b>&axis=noon&from=2026-01-02T00:00&to=2026-01-01T00:00&at=soon&span=-1&look=3d&team=%00&sort=luck",
    );

    expect(view).toEqual(parseView(""));
    expect(formatView(view)).toBe("");
  });
});

describe("a calendar day", () => {
  it("steps over months and leap days", () => {
    expect(stepDay("1999-08-31", 1)).toBe("1999-09-01");
    expect(stepDay("2024-03-01", -1)).toBe("2024-02-29");
    expect(stepMonth("2026-01-31", 1)).toBe("2026-02-01");
  });

  it("is refused when there is no such day", () => {
    expect(isDay("2026-02-29")).toBe(false);
    expect(isDay("yesterday")).toBe(false);
  });

  it("lies in a month of whole weeks from Monday on", () => {
    const weeks = weeksOfMonth("2026-03-15");

    expect(weeks[0]?.[0]).toBe("2026-02-23");
    expect(weeks.at(-1)?.at(-1)).toBe("2026-04-05");
  });
});
