import { expect, it } from "vitest";
import { nameIn, reasonName } from "../src/board/useReasonNames";
import { activityOf, encodeInterval, marksOf, markKeys, reasonOf, stateOf } from "../src/board/states";
import { Activity, Mark, State } from "../src/gen/muster/presence/v1/state_pb";
import type { PresencePolicy } from "../src/gen/muster/presence/v1/policy_service_pb";

it("a code holds all of an interval's parts", () => {
  for (let marks = 0; marks < 64; marks++) {
    const code = encodeInterval(State.BREAK, marks, Activity.WORKING, 5000);

    expect([stateOf(code), marksOf(code), activityOf(code), reasonOf(code)]).toEqual([
      State.BREAK, marks, Activity.WORKING, 5000,
    ]);
  }
});

it("marks are told one by one", () => {
  expect(markKeys(Mark.CLAIMED | Mark.OUTAGE)).toEqual(["claimed", "outage"]);
});

it("a reason is called as the site calls it in the reader's language", () => {
  const policy = { breakReasons: [{ code: "meal", displayNames: { en: "Meal", zh: "用餐" } }] } as unknown as PresencePolicy;

  expect(reasonName(policy, "meal", "zh-CN")).toBe("用餐");
  expect(reasonName(policy, "meal", "pt")).toBe("Meal");
  expect(nameIn({ "zh-Hans": "客服", en: "Care" }, "zh")).toBe("客服");
  expect(reasonName(policy, "other", "en")).toBe("other");
  expect(reasonName(undefined, "meal", "en")).toBe("meal");
});
