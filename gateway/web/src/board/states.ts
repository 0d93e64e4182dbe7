import { Activity, Mark, State } from "../gen/muster/presence/v1/state_pb";

/** The states in the order in which legend, counters and totals show them. */
export const STATES = [
  State.ONLINE, State.BUSY, State.WRAP_UP, State.BREAK, State.OFFLINE, State.UNOBSERVED,
] as const;

const STATE_KEYS = {
  [State.UNSPECIFIED]: "unobserved",
  [State.ONLINE]: "online",
  [State.BUSY]: "busy",
  [State.WRAP_UP]: "wrapUp",
  [State.BREAK]: "break",
  [State.OFFLINE]: "offline",
  [State.UNOBSERVED]: "unobserved",
} as const;

const ACTIVITY_KEYS = {
  [Activity.UNSPECIFIED]: null,
  [Activity.RINGING]: "ringing",
  [Activity.TALKING]: "talking",
  [Activity.HOLD]: "hold",
  [Activity.OUTBOUND]: "outbound",
  [Activity.CHATTING]: "chatting",
  [Activity.TRAVELLING]: "travelling",
  [Activity.ON_SITE]: "onSite",
  [Activity.WORKING]: "working",
} as const;

export type StateKey = (typeof STATE_KEYS)[State];
export type ActivityKey = Exclude<(typeof ACTIVITY_KEYS)[Activity], null>;

export function stateKey(state: State): StateKey {
  return STATE_KEYS[state] ?? "unobserved";
}

export function activityKey(activity: Activity): ActivityKey | null {
  return ACTIVITY_KEYS[activity] ?? null;
}

export function stateOfKey(key: string): State | null {
  return STATES.find((state) => stateKey(state) === key) ?? null;
}

/** What is remarkable about an interval, in the order in which it is told. */
export const MARKS = [Mark.INFERRED, Mark.CLAIMED, Mark.AMENDED, Mark.OVERRUN, Mark.GAP, Mark.OUTAGE] as const;

const MARK_KEYS = {
  [Mark.INFERRED]: "inferred",
  [Mark.CLAIMED]: "claimed",
  [Mark.AMENDED]: "amended",
  [Mark.OVERRUN]: "overrun",
  [Mark.GAP]: "gap",
  [Mark.OUTAGE]: "outage",
} as const;

export type MarkKey = (typeof MARK_KEYS)[(typeof MARKS)[number]];

/** The marks that a sum holds. */
export function markKeys(marks: number): readonly MarkKey[] {
  return MARKS.filter((mark) => (marks & mark) !== 0).map((mark) => MARK_KEYS[mark]);
}

/**
 * One number that holds all that an interval's look and tooltip need: 3 bits of state, 1 bit inferred, 4 bits of
 * activity, 5 bits of other marks, 1 bit capacity left, the rest the index of the reason. Half a million of them are small integers, not
 * objects.
 */
export type IntervalCode = number;

export function encodeInterval(
  state: State, marks: number, activity: Activity, reason: number, hasCapacity = false,
): IntervalCode {
  return state | ((marks & Mark.INFERRED) << 3) | (activity << 4) | ((marks >> 1) << 8)
    | (hasCapacity ? CAPACITY_BIT : 0) | (reason << 14);
}

const CAPACITY_BIT = 1 << 13;

export function stateOf(code: IntervalCode): State {
  return code & 7;
}

export function isInferred(code: IntervalCode): boolean {
  return (code & 8) !== 0;
}

/** Whether somebody is busy and could take more. */
export function hasCapacity(code: IntervalCode): boolean {
  return (code & CAPACITY_BIT) !== 0;
}

export function marksOf(code: IntervalCode): number {
  return ((code >> 3) & 1) | (((code >> 8) & 31) << 1);
}

export function activityOf(code: IntervalCode): Activity {
  return (code >> 4) & 15;
}

export function reasonOf(code: IntervalCode): number {
  return code >> 14;
}
