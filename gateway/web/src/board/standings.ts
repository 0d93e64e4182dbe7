import { State } from "../gen/muster/presence/v1/state_pb";
import { isOnLongBreak, type BreakLimits } from "./breaks";
import { stateAt } from "./instant";
import type { Board, BoardRow } from "./model";
import { stateKey, stateOfKey, STATES, type StateKey } from "./states";

/** Stands beside the numbers of the states: a break that lasts too long is a break as well, and counts as both. */
export const LONG_BREAK = 64;

/** What people are counted and filtered by. */
export type Standing = (typeof STATES)[number] | typeof LONG_BREAK;
export type StandingKey = StateKey | "longBreak";

/** In the order in which they are counted. */
export const STANDINGS: readonly Standing[] = STATES.flatMap<Standing>((state) =>
  state === State.BREAK ? [state, LONG_BREAK] : [state]);

export function standingKey(standing: Standing): StandingKey {
  return standing === LONG_BREAK ? "longBreak" : stateKey(standing);
}

export function standingOfKey(key: string): Standing | null {
  return key === "longBreak" ? LONG_BREAK : (stateOfKey(key) as Standing | null);
}

/** Whether somebody stands so at an offset. */
export function standsSo(
  board: Board, row: BoardRow, standing: Standing, offsetMs: number, limits: BreakLimits,
): boolean {
  return standing === LONG_BREAK
    ? isOnLongBreak(board, row, offsetMs, limits) : stateAt(row, offsetMs) === standing;
}
