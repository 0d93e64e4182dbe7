import { useMemo } from "react";
import type { Board, BoardRow } from "./model";
import type { AwayReasons } from "./paints";
import { stackOf, type Stack } from "./stacks";
import type { ShownLines } from "./useLines";

/** Ten thousand days are counted in some ten milliseconds: often enough for the eye, seldom enough for the processor. */
const RENEWAL_MS = 5_000;

export interface Stacks {
  /** Of all shown people. */
  readonly all: Stack;
  /** Of each group. */
  readonly ofGroups: readonly Stack[];
}

/** How many of the shown people were in each state over the range, all of them and group by group. */
export function useStacks(board: Board | null, shown: ShownLines, away: AwayReasons, latestMs: number): Stacks | null {
  const moment = Math.floor(latestMs / RENEWAL_MS);
  return useMemo(() => {
    if (board === null) return null;
    const rowsOf = (indexes: readonly number[]) => indexes.map((index) => board.rows[index] as BoardRow);
    return {
      all: stackOf(board, rowsOf(shown.rows), away, latestMs),
      ofGroups: shown.groups.map((group) => stackOf(board, rowsOf(group.rows), away, latestMs)),
    };
    // What changes within the moment shows with the next one.
  }, [board, shown, away, moment]);
}
