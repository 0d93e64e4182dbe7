import type { State } from "../gen/muster/presence/v1/state_pb";
import { stateAt } from "./instant";
import type { Board } from "./model";

/** The rows that a name filter and a choice of states leave, in the server's order, as indexes of the board's. */
export function shownRows(board: Board, search: string, states: readonly State[], latestMs: number): number[] {
  const wanted = search.trim().toLocaleLowerCase();
  const shown: number[] = [];
  board.rows.forEach((row, index) => {
    const isNamed = wanted === "" || row.name.toLocaleLowerCase().includes(wanted);
    if (isNamed && (states.length === 0 || states.includes(stateAt(row, latestMs)))) shown.push(index);
  });
  return shown;
}
