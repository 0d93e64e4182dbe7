import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import { groupsOfQueues, keptInPlace, levelRulesOf, type QueueGroup, type SiteQueues } from "../src/board/queues";
import { stillSinceOf, sumUpSites } from "../src/board/waiting";
import { QueueFiguresSchema, type QueueFigures } from "../src/gen/muster/dispatch/v1/queue_pb";

type Fields = Partial<Omit<QueueFigures, "$typeName" | "$unknown">>;

function queue(name: string, oldestMs: number | null, fields: Fields = {}) {
  const since: Fields = oldestMs === null ? {} : { oldestEnqueueTime: timestampFromMs(oldestMs), waitingCount: 1 };
  return create(QueueFiguresSchema, { queue: name, ...since, ...fields });
}

function told(...figures: ReturnType<typeof queue>[]): SiteQueues {
  return { figures, stillSinceMs: null };
}

function order(groups: readonly QueueGroup[]): string[] {
  return groups.flatMap(({ site, rows }) => [site, ...rows.map((row) => row.queue)]);
}

it("the queue where somebody waits longest comes first, and so does its site", () => {
  const groups = groupsOfQueues(new Map([
    ["bank", told(queue("cards", null), queue("loans", 5000), queue("accounts", null))],
    ["airline", told(queue("baggage", 4000), queue("booking", 2000))],
    ["empty", told()],
  ]));

  expect(order(groups)).toEqual(["airline", "booking", "baggage", "bank", "loans", "accounts", "cards"]);
});

it("a row tells what the queue's figures do", () => {
  const fields = { answeredCount: 10, abandonedCount: 2, serviceLevelRatio: 0.75, serviceLevelPolicy: "of_answered.v1" };

  const [group] = groupsOfQueues(new Map([["bank", told(queue("loans", 5000, fields), queue("cards", null))]]));

  expect(group?.rows[0]).toEqual({
    queue: "loans", waiting: 1, oldestMs: 5000, answered: 10, abandoned: 2, level: 0.75,
    rule: { policy: "of_answered.v1", includesOtherLeavers: false },
  });
  expect(group?.rows[1]).toMatchObject({ waiting: 0, oldestMs: null, level: null });
});

it("queues that are held keep their places, with what is new behind them", () => {
  const former = groupsOfQueues(new Map([["bank", told(queue("loans", 1000), queue("cards", 2000))]]));
  const newest = groupsOfQueues(new Map([
    ["airline", told(queue("booking", 1))],
    ["bank", told(queue("new", 2), queue("cards", 2000), queue("loans", null))],
  ]));

  expect(order(keptInPlace(newest, former))).toEqual(["bank", "loans", "cards", "new", "airline", "booking"]);
  expect(keptInPlace(newest, former)[0]?.rows[0]?.waiting).toBe(0);
});

it("each rule of a service level is told once", () => {
  const groups = groupsOfQueues(new Map([["bank", told(
    queue("a", null, { serviceLevelPolicy: "of_offered.v1", includesOtherLeavers: true }),
    queue("b", null, { serviceLevelPolicy: "of_offered.v1" }),
    queue("c", null, { serviceLevelPolicy: "of_offered.v1" }),
  )]]));

  expect(levelRulesOf(groups)).toEqual([
    { policy: "of_offered.v1", includesOtherLeavers: false }, { policy: "of_offered.v1", includesOtherLeavers: true },
  ]);
});

it("sites are summed once each of them told, and stand still as long as the first that does", () => {
  const bank = told(queue("loans", 5000));
  const airline = { ...told(queue("booking", 2000)), stillSinceMs: 9000 };

  expect(sumUpSites(["bank", "airline"], new Map([["bank", bank]]))).toBeNull();
  expect(sumUpSites(["bank"], new Map([["bank", told()]]))).toBeNull();
  expect(sumUpSites(["bank", "airline"], new Map([["bank", bank], ["airline", airline]]))).toMatchObject({ waiting: 2, oldestMs: 2000 });
  expect(stillSinceOf(new Map([["bank", bank]]))).toBeNull();
  expect(stillSinceOf(new Map([["bank", { ...bank, stillSinceMs: 9500 }], ["airline", airline]]))).toBe(9000);
});
