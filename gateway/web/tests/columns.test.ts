import { describe, expect, it } from "vitest";
import { headerColumns, type HeaderColumns } from "../src/board/columns";

const WISHES = { isLive: true, site: 70, word: 64, dwell: 50 };
const TALL = 28;
const LOW = 22;

/** What a header of a width tells. */
function told(width: number, rowHeight = TALL): string {
  const columns = headerColumns(width, rowHeight, WISHES);
  const parts = (["site", "dot", "word", "dwell"] as const).filter((part) => columns[part] !== null);
  return [...(columns.isStacked ? ["two lines"] : []), ...parts].join(", ");
}

function overlaps({ name, site, word, dwell, dot }: HeaderColumns): boolean {
  const slots = [name, site, dot === null ? null : { left: dot - 4.5, right: dot + 4.5 }, word, dwell]
    .filter((slot) => slot !== null).sort((a, b) => a.left - b.left);
  return slots.some((slot, index) => index > 0 && slot.left < (slots[index - 1]?.right ?? 0));
}

describe("the header of a row", () => {
  it("tells site, state and time where there is room", () => {
    expect(told(345)).toBe("site, dot, word, dwell");
  });

  it("leaves out the site first", () => {
    expect(told(300)).toBe("dot, word, dwell");
  });

  it("puts state and time under the name where one line is too short for them", () => {
    expect(told(200)).toBe("two lines, dot, word, dwell");
    expect(told(124)).toBe("two lines, dot, word, dwell");
  });

  it("leaves out the time, then the word, of rows too low for two lines; name and dot stay", () => {
    expect(told(240, LOW)).toBe("dot, word");
    expect(told(180, LOW)).toBe("dot");
  });

  it("tells of a past day the site alone, which is no state", () => {
    const columns = headerColumns(280, TALL, { isLive: false, site: 70, word: 0, dwell: 0 });

    expect(columns).toMatchObject({ dot: null, word: null, dwell: null, site: { left: 200, right: 270 } });
  });

  it("never puts one part over another, and keeps room for a name", () => {
    for (let width = 190; width < 500; width += 7) {
      const columns = headerColumns(width, LOW, WISHES);

      expect([width, overlaps(columns)]).toEqual([width, false]);
      expect(columns.name.right - columns.name.left).toBeGreaterThanOrEqual(84);
    }
  });
});
