import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { parseView } from "../src/app/view";
import { groupsOf, linesOf } from "../src/board/groups";
import { layOut, positionAtY, visibleLines, yOfLine } from "../src/board/layout";
import type { Board, BoardRow } from "../src/board/model";
import { shownRows } from "../src/board/order";
import { NO_AWAY_REASONS } from "../src/board/paints";
import { activityIn, plansFrom, shiftAt } from "../src/board/plan";
import { plannedAt, presentAt, stackOf } from "../src/board/stacks";
import { Heatmap_PlanSchema } from "../src/gen/muster/gateway/v1/board_service_pb";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { Activity_Kind as Kind } from "../src/gen/muster/roster/v1/shift_pb";
import { aBoard, HOUR } from "./builders";

const NOW = 12 * HOUR;

/** Four people: two of the north, one of the south, one of no team. */
function aFloor(): Board {
  const board = aBoard({
    ana: [[0, State.OFFLINE], [8 * HOUR, State.BUSY]],
    bo: [[0, State.OFFLINE], [10 * HOUR, State.ONLINE]],
    chen: [[0, State.ONLINE], [11 * HOUR, State.BUSY]],
    dee: [],
  });
  const parts: Partial<BoardRow>[] = [
    { team: "teams/north", line: "lines/care", skills: ["skills/english", "skills/fibre"] },
    { team: "teams/north", line: "lines/care", skills: ["skills/english"] },
    { team: "teams/south", line: "lines/sales", skills: [] },
    {},
  ];
  return { ...board, rows: board.rows.map((row, index) => ({ ...row, ...parts[index] })) };
}

function shown(query: string): string[] {
  const board = aFloor();
  return shownRows(board, parseView(query), NOW, null).map((index) => board.rows[index]?.name ?? "");
}

describe("the people who are shown", () => {
  it("meet every kind of filter and one choice of each kind", () => {
    expect(shown("team=north,south&state=busy")).toEqual(["ana", "chen"]);
    expect(shown("line=care&skill=fibre")).toEqual(["ana"]);
    expect(shown("q=E")).toEqual(["chen", "dee"]);
  });

  it("are in the chosen order, and those of whom nothing is known come last either way", () => {
    expect(shown("sort=since")).toEqual(["ana", "bo", "chen", "dee"]);
    expect(shown("sort=-since")).toEqual(["chen", "bo", "ana", "dee"]);
    expect(shown("sort=state")).toEqual(["bo", "ana", "chen", "dee"]);
    expect(shown("sort=start")).toEqual(["chen", "ana", "bo", "dee"]);
    expect(shown("sort=-name")).toEqual(["dee", "chen", "bo", "ana"]);
  });
});

describe("groups", () => {
  const board = aFloor();
  const nameOf = (key: string) => key;
  const keys = (by: "team" | "skill" | "state") =>
    groupsOf(board, [0, 1, 2, 3], by, NOW, nameOf).map(({ key, rows }) => `${key}: ${rows.join()}`);

  it("hold everybody, and who belongs to none comes last", () => {
    expect(keys("team")).toEqual(["teams/north: 0,1", "teams/south: 2", ": 3"]);
    expect(keys("skill")).toEqual(["skills/english: 0,1", "skills/fibre: 0", ": 2,3"]);
    expect(keys("state")).toEqual(["online: 1", "busy: 0,2", "unobserved: 3"]);
  });

  it("have a header each, and a folded one nothing else", () => {
    const groups = groupsOf(board, [0, 1, 2, 3], "team", NOW, nameOf);

    expect(linesOf([0, 1, 2, 3], groups, new Set(["north"]))).toEqual([-1, -2, 2, -3, 3]);
    expect(linesOf([0, 1, 2, 3], [], new Set())).toEqual([0, 1, 2, 3]);
  });
});

describe("the layout", () => {
  const layout = layOut({ width: 1000, height: 600, lines: [-1, 0, 1, -2, 2], rowSize: "fit", isTouch: false, hasStrip: true, tells: { states: false, sites: false } });

  it("finds each line where it put it", () => {
    for (const position of [0, 1, 2, 3, 4]) {
      expect(positionAtY(layout, 10, yOfLine(layout, 10, position) + 0.5)).toBe(yOfLine(layout, 10, position) < layout.linesTop ? -1 : position);
      expect(positionAtY(layout, 0, yOfLine(layout, 0, position))).toBe(position);
    }
    expect(positionAtY(layout, 0, 10)).toBe(-1);
    expect(positionAtY(layout, 0, 599)).toBe(-1);
  });

  it("looks at visible lines alone", () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => index);
    const large = layOut({ width: 1000, height: 600, lines, rowSize: "fit", isTouch: false, hasStrip: true, tells: { states: false, sites: false } });

    expect(large.rowHeight).toBe(4);
    expect(visibleLines(large, 4000)).toEqual({ first: 1000, last: 1000 + Math.ceil(large.plotHeight / 4) + (large.plotHeight % 4 === 0 ? 1 : 0) });
    expect(visibleLines(large, 40_000).last).toBe(10_000);
  });
});

describe("a stack", () => {
  it("counts everybody who is there and was planned, at each instant", () => {
    const board = aFloor();
    const shift = { startMs: 9 * HOUR, endMs: 17 * HOUR, activities: [{ kind: Kind.MEAL, startMs: NOW, endMs: 13 * HOUR }] };
    const rows = board.rows.map((row) => ({ ...row, shifts: [shift] }));

    const stack = stackOf(board, rows, NO_AWAY_REASONS, 14 * HOUR);

    expect([7, 9, 10.5, 13.9, 14.1].map((hour) => presentAt(stack, hour * HOUR))).toEqual([1, 2, 3, 3, 0]);
    expect([8, 9.5, 12.5, 16.9, 17.1].map((hour) => plannedAt(stack, hour * HOUR))).toEqual([0, 4, 0, 4, 0]);
    expect(stack.most).toBe(4);
  });
});

describe("a plan", () => {
  const plan = create(Heatmap_PlanSchema, {
    startOffsetsSeconds: [-3600, 32_400], endOffsetsSeconds: [7200, 61_200], activityCounts: [0, 1],
    activityKinds: [Kind.MEAL], activityStartOffsetsSeconds: [43_200], activityEndOffsetsSeconds: [45_000],
  });

  it("has each shift with what lies within it", () => {
    const shifts = plansFrom(plan);
    const day = shiftAt(shifts, 12 * HOUR);

    expect(shifts.map(({ startMs, endMs }) => [startMs / HOUR, endMs / HOUR])).toEqual([[-1, 2], [9, 17]]);
    expect(day && activityIn(day, 12 * HOUR)?.kind).toBe(Kind.MEAL);
    expect(day && activityIn(day, 12.5 * HOUR)).toBeUndefined();
    expect(shiftAt(shifts, 5 * HOUR)).toBeUndefined();
  });

  it("is empty where it could not be had", () => {
    expect(plansFrom(undefined)).toEqual([]);
  });
});
