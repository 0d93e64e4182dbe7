import type { State } from "../gen/muster/presence/v1/state_pb";
import type { Grouping } from "../app/view";
import { stateAt } from "./instant";
import { lineOfGroup, type Line } from "./lines";
import type { Board, BoardRow } from "./model";
import { stateKey, STATES } from "./states";

/** Rows that share something: a site, a team, a line of business, a skill, a state. */
export interface Group {
  /** A resource name or a state's key; empty for those who belong to none. */
  readonly key: string;
  /** The rows, as indexes of the board's, in their order. */
  readonly rows: readonly number[];
}

/** The shown rows by what they share, in the order of the names; who belongs to none comes last. */
export function groupsOf(
  board: Board, rows: readonly number[], by: Grouping, latestMs: number, nameOf: (key: string) => string,
): Group[] {
  if (by === "none") return [];
  const members = new Map<string, number[]>();
  for (const row of rows) {
    for (const key of keysOf(board.rows[row] as BoardRow, by, latestMs)) {
      const known = members.get(key);
      if (known === undefined) members.set(key, [row]);
      else known.push(row);
    }
  }
  const groups = [...members].map(([key, own]) => ({ key, rows: own }));
  return by === "state" ? groups.sort(byState) : groups.sort((a, b) => byName(a.key, b.key, nameOf));
}

/** The board's lines: rows alone, or each group's header and, unless it is folded, its rows. */
export function linesOf(rows: readonly number[], groups: readonly Group[], folded: ReadonlySet<string>): readonly Line[] {
  if (groups.length === 0) return rows;
  return groups.flatMap((group, index) =>
    [lineOfGroup(index), ...(folded.has(foldKey(group.key)) ? [] : group.rows)]);
}

/** How a group is named in the address: by its id, and `-` for those who belong to none. */
export function foldKey(key: string): string {
  return key === "" ? "-" : key.slice(key.indexOf("/") + 1);
}

function keysOf(row: BoardRow, by: Exclude<Grouping, "none">, latestMs: number): readonly string[] {
  switch (by) {
    case "site": return [row.site];
    case "team": return [row.team];
    case "line": return [row.line];
    case "state": return [stateKey(stateAt(row, latestMs))];
    // Somebody has a row in the group of each of her skills.
    case "skill": return row.skills.length === 0 ? [""] : row.skills;
  }
}

function byState(a: Group, b: Group): number {
  const place = (group: Group) => STATES.findIndex((state: State) => stateKey(state) === group.key);
  return place(a) - place(b);
}

function byName(a: string, b: string, nameOf: (key: string) => string): number {
  if (a === "" || b === "") return a === "" ? 1 : -1;
  return nameOf(a).localeCompare(nameOf(b)) || a.localeCompare(b);
}
