import { useTranslation } from "react-i18next";
import { wallClock } from "./clock";
import type { Board } from "./model";
import { State } from "../gen/muster/presence/v1/state_pb";
import { INFERRED_ONLINE, SPARE_BUSY, WORK_AWAY } from "./paints";
import { plannedAt, presentAt, type Stack } from "./stacks";
import { stateKey, STATES, type StateKey } from "./states";

export interface ToldGroup {
  readonly at: string;
  readonly counts: ReadonlyArray<{ readonly key: StateKey; readonly name: string; readonly count: number }>;
  readonly present: number;
  readonly planned: number;
  readonly text: string;
}

/** Writes how a group stood at an instant. */
export function useGroupText(board: Board): (stack: Stack, offsetMs: number) => ToldGroup {
  const { t } = useTranslation();
  return (stack, offsetMs) => {
    const counts = STATES.map((state) => ({
      key: stateKey(state), name: t(`state.${stateKey(state)}`), count: countAt(stack, state, offsetMs),
    })).filter(({ count }) => count > 0);
    const [present, planned] = [presentAt(stack, offsetMs), plannedAt(stack, offsetMs)];
    const at = wallClock(board, offsetMs);
    const sums = counts.map(({ name, count }) => `${name} ${count}`).join(", ");
    return { at, counts, present, planned, text: [at, sums, t("group.present", { present, planned })].join(", ") };
  };
}

/** The people in a state, whatever its look. */
function countAt({ binMs, binCount, counts }: Stack, state: State, offsetMs: number): number {
  const bin = Math.min(Math.floor(offsetMs / binMs), binCount - 1);
  const of = (paint: number) => counts[paint * binCount + bin] as number;
  switch (state) {
    case State.ONLINE: return of(state) + of(INFERRED_ONLINE);
    case State.BUSY: return of(state) + of(SPARE_BUSY);
    case State.BREAK: return of(state) + of(WORK_AWAY);
    default: return of(state);
  }
}
