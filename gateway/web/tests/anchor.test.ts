import { describe, expect, it } from "vitest";
import { anchoredScrollTop, type Shown } from "../src/board/anchor";
import { layOut } from "../src/board/layout";
import { lineOfGroup, type Line } from "../src/board/lines";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { aBoard } from "./builders";

const ROW = 28;
const NAMES = Array.from({ length: 60 }, (_, index) => `a${String(index).padStart(2, "0")}`);

function shown(names: readonly string[], lines: readonly Line[] = names.map((_, index) => index), keys: string[] = []): Shown {
  const board = aBoard(Object.fromEntries(names.map((name) => [name, [[0, State.ONLINE]]])));
  const layout = layOut({ width: 1200, height: 700, lines, rowSize: "roomy", isTouch: false, hasStrip: true, tells: { states: false, sites: false } });
  return { board, lines, groups: keys.map((key) => ({ key })), layout };
}

describe("what somebody reads", () => {
  const before = shown(NAMES);

  it("stays where it is when people come above it", () => {
    expect(anchoredScrollTop(before, shown(["a001", "a002", ...NAMES]), 10 * ROW + 5, -1)).toBe(12 * ROW + 5);
  });

  it("stays where it is when the first of those who are seen leaves", () => {
    const left = NAMES.filter((name) => name !== "a10");

    expect(anchoredScrollTop(before, shown(left), 10 * ROW, -1)).toBe(9 * ROW);
  });

  it("is the cursor's line while that is seen", () => {
    const moved = ["a12", ...NAMES.filter((name) => name !== "a12")];

    expect(anchoredScrollTop(before, shown(moved), 10 * ROW, 14)).toBe(10 * ROW);
    expect(anchoredScrollTop(before, shown(["a001", ...NAMES]), 10 * ROW, 14)).toBe(11 * ROW);
  });

  it("is the top at the top, whoever comes there", () => {
    expect(anchoredScrollTop(before, shown(["a001", ...NAMES]), 0, -1)).toBe(0);
  });

  it("is somebody's row in the same group where she has several", () => {
    const rows = NAMES.map((_, index) => index);
    const keys = ["skills/en", "skills/zh"];
    const grouped = shown(NAMES, [lineOfGroup(0), ...rows, lineOfGroup(1), ...rows], keys);
    const top = grouped.layout.tops[1 + 60 + 1 + 5] as number;
    const fewer = shown(NAMES, [lineOfGroup(0), ...rows.slice(20), lineOfGroup(1), ...rows], keys);

    expect(anchoredScrollTop(grouped, fewer, top, -1)).toBe(top - 20 * ROW);
  });
});
