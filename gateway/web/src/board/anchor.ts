import { visibleLines, type Layout } from "./layout";
import { groupOfLine, isGroupLine, type Line } from "./lines";
import type { Board } from "./model";

/** The lines as they lay on the screen. */
export interface Shown {
  readonly board: Board;
  readonly lines: readonly Line[];
  readonly groups: ReadonlyArray<{ readonly key: string }>;
  readonly layout: Layout;
}

/**
 * Where to scroll so that what somebody reads stays where it is, although lines came, went or moved: the line of the
 * cursor if it is seen, otherwise the first seen one that is still there. At the top the top stays.
 */
export function anchoredScrollTop(before: Shown, after: Shown, scrollTop: number, cursorPosition: number): number {
  if (scrollTop <= 0) return scrollTop;
  const { first, last } = visibleLines(before.layout, scrollTop);
  const seen = Array.from({ length: last - first }, (_, index) => first + index);
  const isSeen = cursorPosition >= first && cursorPosition < last;
  const places = placesOf(after);
  for (const position of isSeen ? [cursorPosition, ...seen] : seen) {
    const place = places.get(keyAt(before, position));
    if (place !== undefined) {
      return Math.max(scrollTop + (after.layout.tops[place] as number) - (before.layout.tops[position] as number), 0);
    }
  }
  return scrollTop;
}

function placesOf(shown: Shown): Map<string, number> {
  const places = new Map<string, number>();
  let group = "";
  shown.lines.forEach((line, position) => {
    if (isGroupLine(line)) group = groupKey(shown, line);
    places.set(isGroupLine(line) ? group : rowKey(shown, line, group), position);
  });
  return places;
}

function keyAt(shown: Shown, position: number): string {
  const line = shown.lines[position] as Line;
  if (isGroupLine(line)) return groupKey(shown, line);
  const header = shown.lines.slice(0, position).findLast(isGroupLine);
  return rowKey(shown, line, header === undefined ? "" : groupKey(shown, header));
}

function groupKey({ groups }: Shown, line: Line): string {
  return `group ${groups[groupOfLine(line)]?.key ?? ""}`;
}

/** Somebody may have a row in several groups. */
function rowKey({ board }: Shown, line: Line, group: string): string {
  return `${group} ${board.rows[line]?.agent ?? ""}`;
}
