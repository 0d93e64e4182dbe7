import type { AgentDay } from "../../../gen/muster/gateway/v1/board_service_pb";
import type { AgentTimeline_Interval as Interval } from "../../../gen/muster/presence/v1/timeline_service_pb";
import { Activity, Mark, SourceKind, State } from "../../../gen/muster/presence/v1/state_pb";
import { epochMs } from "../../../board/model";
import type { PaintKey } from "../../../board/paints";
import { stateKey } from "../../../board/states";

/** A stretch of her day in which nothing changed, by instants since 1970. */
export interface Piece {
  readonly startMs: number;
  readonly endMs: number;
  readonly state: State;
  readonly reason: string;
  readonly activity: Activity;
  readonly marks: number;
  readonly look: PaintKey;
  /** Who gave the state: the kind of the source and its id; empty where nobody's word counts. */
  readonly givenBy: SourceKind;
  readonly source: string;
  /** From when that word holds, which may be before the day began; null where nobody's counts. */
  readonly givenMs: number | null;
}

/** Her day up to an instant, in order; nothing of what is still to come. */
export function piecesOf(day: AgentDay, untilMs: number, awayReasons: ReadonlySet<string>): Piece[] {
  const intervals = day.timeline?.intervals ?? [];
  return intervals
    .map((interval, index) => pieceOf(interval, index === intervals.length - 1 ? untilMs : null, awayReasons))
    .filter((piece) => piece.startMs < untilMs);
}

/** The last interval goes on until now: the answer ends it where it was read. */
function pieceOf(interval: Interval, openUntilMs: number | null, away: ReadonlySet<string>): Piece {
  return {
    startMs: epochMs(interval.startTime) ?? 0,
    endMs: openUntilMs ?? epochMs(interval.endTime) ?? 0,
    state: interval.state,
    reason: interval.reason,
    activity: interval.activity,
    marks: interval.marks,
    look: lookOf(interval, away),
    givenBy: interval.entry?.sourceKind ?? SourceKind.UNSPECIFIED,
    source: interval.entry?.source ?? "",
    givenMs: epochMs(interval.entry?.occurredTime),
  };
}

function lookOf({ state, reason, marks, capacityLeft }: Interval, away: ReadonlySet<string>): PaintKey {
  if (state === State.BREAK && away.has(reason)) return "away";
  if (state === State.BUSY && capacityLeft) return "spare";
  if (state === State.ONLINE && (marks & Mark.INFERRED) !== 0) return "inferred";
  return stateKey(state);
}

/**
 * Since when she is in the state of the last piece: marks and activities within a state do not begin it anew, nor does the
 * day's start.
 */
export function sinceMs(pieces: readonly Piece[]): number | null {
  const last = pieces.at(-1);
  if (last === undefined) return null;
  const other = pieces.findLastIndex((piece) => piece.state !== last.state || piece.reason !== last.reason);
  const first = pieces[other + 1] as Piece;
  return other === -1 ? Math.min(first.startMs, first.givenMs ?? first.startMs) : first.startMs;
}

export interface LookTime {
  readonly look: PaintKey;
  readonly milliseconds: number;
  /** How many times it began, or held when the day began. */
  readonly count: number;
  /** Of the time on duty, in all that is neither offline nor unobserved; null for those two. */
  readonly share: number | null;
}

const OFF_DUTY: ReadonlySet<PaintKey> = new Set<PaintKey>(["offline", "unobserved"]);
const ORDER: readonly PaintKey[] = ["online", "inferred", "busy", "spare", "wrapUp", "break", "away", "offline", "unobserved"];

/** How long and how often she was in each state. */
export function lookTimes(pieces: readonly Piece[]): LookTime[] {
  const spent = new Map<PaintKey, { milliseconds: number; count: number }>();
  pieces.forEach((piece, index) => {
    const known = spent.get(piece.look) ?? { milliseconds: 0, count: 0 };
    const isNew = pieces[index - 1]?.look !== piece.look || pieces[index - 1]?.reason !== piece.reason;
    spent.set(piece.look, {
      milliseconds: known.milliseconds + piece.endMs - piece.startMs, count: known.count + (isNew ? 1 : 0),
    });
  });
  const onDuty = [...spent].reduce((sum, [look, { milliseconds }]) => sum + (OFF_DUTY.has(look) ? 0 : milliseconds), 0);
  return ORDER.flatMap((look) => {
    const time = spent.get(look);
    if (time === undefined) return [];
    return { look, ...time, share: OFF_DUTY.has(look) || onDuty === 0 ? null : time.milliseconds / onDuty };
  });
}
