import { State } from "../gen/muster/presence/v1/state_pb";
import { hasCapacity, isInferred, reasonOf, stateKey, stateOf, type IntervalCode } from "./states";

/** Break for work away from contacts, as a training or a meeting is: no state of its own, and yet no rest. */
export const WORK_AWAY = 7;
/** Online that a mapping inferred: no line of the source says it. */
export const INFERRED_ONLINE = 8;
/** Busy with capacity left: whoever is drawn so could take more. */
export const SPARE_BUSY = 9;
/** One more than the largest paint. */
export const PAINT_COUNT = 10;

/** What decides the look of an interval: its state, or one of the looks that a state has besides. */
export type Paint =
  | Exclude<State, State.UNSPECIFIED> | typeof WORK_AWAY | typeof INFERRED_ONLINE | typeof SPARE_BUSY;

/** The paints by the names that style sheets use, in the order of the legend. */
export const PAINTS = {
  online: State.ONLINE,
  inferred: INFERRED_ONLINE,
  busy: State.BUSY,
  spare: SPARE_BUSY,
  wrapUp: State.WRAP_UP,
  break: State.BREAK,
  away: WORK_AWAY,
  offline: State.OFFLINE,
  unobserved: State.UNOBSERVED,
} as const satisfies Record<string, Paint>;

export type PaintKey = keyof typeof PAINTS;

/** The reasons, by their index, that stand for work away. */
export type AwayReasons = ReadonlySet<number>;

export const NO_AWAY_REASONS: AwayReasons = new Set();

export function paintOf(code: IntervalCode, away: AwayReasons): Paint {
  const state = stateOf(code);
  if (state === State.ONLINE && isInferred(code)) return INFERRED_ONLINE;
  if (state === State.BUSY && hasCapacity(code)) return SPARE_BUSY;
  if (state === State.BREAK && away.has(reasonOf(code))) return WORK_AWAY;
  return state === State.UNSPECIFIED ? State.UNOBSERVED : state;
}

export function paintKey(code: IntervalCode, away: AwayReasons): PaintKey {
  const paint = paintOf(code, away);
  switch (paint) {
    case WORK_AWAY: return "away";
    case INFERRED_ONLINE: return "inferred";
    case SPARE_BUSY: return "spare";
    default: return stateKey(paint);
  }
}
