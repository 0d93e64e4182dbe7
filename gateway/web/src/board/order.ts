import type { Selection } from "../app/view";
import type { BreakLimits } from "./breaks";
import { stateAt } from "./instant";
import type { Board, BoardRow } from "./model";
import { standsSo } from "./standings";
import { STATES } from "./states";

/** The rows that the filters leave, in the chosen order, as indexes of the board's. */
export function shownRows(board: Board, selection: Selection, latestMs: number, limits: BreakLimits): number[] {
  const wanted = selection.search.trim().toLocaleLowerCase();
  const { states } = selection;
  const isStanding = (row: BoardRow) =>
    states.length === 0 || states.some((standing) => standsSo(board, row, standing, latestMs, limits));
  const shown: number[] = [];
  board.rows.forEach((row, index) => {
    if (isChosen(row, selection, wanted) && isStanding(row)) shown.push(index);
  });
  return sorted(board, shown, selection, latestMs);
}

/** Filters of different kinds all apply; choices of one kind are alternatives. */
function isChosen(row: BoardRow, selection: Selection, wanted: string): boolean {
  const { teams, lines, skills } = selection;
  return (wanted === "" || row.name.toLocaleLowerCase().includes(wanted))
    && (teams.length === 0 || teams.includes(row.team))
    && (lines.length === 0 || lines.includes(row.line))
    && (skills.length === 0 || row.skills.some((skill) => skills.includes(skill)));
}

/** Equals stay in the server's order, which is by name; who has no value comes last. */
function sorted(board: Board, shown: number[], { sort, isDescending }: Selection, latestMs: number): number[] {
  if (sort === "name") return isDescending ? shown.reverse() : shown;
  const last = Number.POSITIVE_INFINITY;
  const values = new Map(shown.map((index) => [index, valueOf(board, board.rows[index] as BoardRow, sort, latestMs)]));
  const sign = isDescending ? -1 : 1;
  return shown.sort((a, b) => {
    const [first, second] = [values.get(a) ?? null, values.get(b) ?? null];
    if (first === null || second === null) return (first === null ? last : 0) - (second === null ? last : 0) || 0;
    return sign * (first - second);
  });
}

function valueOf(board: Board, row: BoardRow, sort: Exclude<Selection["sort"], "name">, latestMs: number): number | null {
  switch (sort) {
    case "state": {
      const place = STATES.indexOf(stateAt(row, latestMs) as (typeof STATES)[number]);
      return row.starts.length === 0 ? null : place;
    }
    // The longest in their state come first.
    case "since": return row.lastChangeMs;
    case "shift": return row.shifts[0]?.startMs ?? null;
    case "start": return row.starts.length === 0 ? null : firstPresence(row, board.lengthMs);
  }
}

const PRESENT = new Set([1, 2, 3, 4]);

/** When somebody was first there within the range. */
function firstPresence(row: BoardRow, lengthMs: number): number {
  const index = row.codes.findIndex((code) => PRESENT.has(code & 7));
  return index < 0 ? lengthMs : (row.starts[index] as number);
}
