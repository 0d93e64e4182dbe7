import type { BoardChanges } from "../gen/muster/gateway/v1/push_pb";
import { Activity, State } from "../gen/muster/presence/v1/state_pb";
import { NO_PLACE, reasonIndex, type Board, type BoardRow } from "./model";
import { encodeInterval, type IntervalCode } from "./states";

/** What became of a frame. */
export interface Applied {
  readonly changedRows: readonly number[];
  /** Something lies before what its row shows, or could not be read: only a snapshot tells where it belongs. */
  readonly isLate: boolean;
  /** Agents with a change on this day who are not on the board. */
  readonly strangers: readonly string[];
}

const NOTHING: Applied = { changedRows: [], isLate: false, strangers: [] };
const UNREADABLE: Applied = { changedRows: [], isLate: true, strangers: [] };

/** Applies a frame of a site's push stream to the board. A frame that the board includes already changes nothing. */
export function applyChanges(board: Board, changes: BoardChanges): Applied {
  const reached = { epoch: changes.cursor?.epoch ?? 0, seq: changes.cursor?.seq ?? 0n };
  const site = changes.cursor?.site ?? "";
  const place = board.places.get(site) ?? NO_PLACE;
  if (reached.epoch !== place.epoch) return UNREADABLE;
  if (reached.seq <= place.seq) return NOTHING;
  if (!isRectangular(changes)) return UNREADABLE;

  const applied = { changedRows: [] as number[], isLate: false, strangers: [] as string[] };
  for (const index of byOccurrence(changes)) {
    const agent = changes.agents[index] as string;
    if (Number(changes.occurredTimesMs[index]) >= board.startMs + board.lengthMs) continue;
    const rowIndex = board.rowOf.get(agent) ?? -1;
    const row = board.rows[rowIndex];
    if (agent === "" || (row !== undefined && changes.revised[index])) applied.isLate = true;
    else if (row === undefined) applied.strangers.push(agent);
    else if (append(board, row, changes, index)) applied.changedRows.push(rowIndex);
    else applied.isLate = true;
  }
  board.places.set(site, reached);
  if (applied.changedRows.length > 0) board.revision += 1;
  return applied;
}

/** Shows what the agent is since the change, all her sources considered; false if only a snapshot tells. */
function append(board: Board, row: BoardRow, changes: BoardChanges, index: number): boolean {
  const sinceMs = Number(changes.sinceTimesMs[index]);
  const code = codeOf(board, changes, index);
  const lastCode = row.codes.at(-1);
  if (row.newestMs === null && !opensRow(board, row)) return false;
  const isKnown = code === lastCode;
  if (!isKnown && row.lastChangeMs !== null && sinceMs <= row.lastChangeMs) return false;
  row.newestMs = Math.max(row.newestMs ?? 0, Number(changes.occurredTimesMs[index]));
  if (isKnown) return true;
  place(row, Math.max(sinceMs - board.startMs, 0), code);
  row.lastChangeMs = sinceMs;
  return true;
}

/** Nothing is known of the agent before this first report, unless the snapshot came without its intervals. */
function opensRow(board: Board, row: BoardRow): boolean {
  if (board.missingParts.length > 0 || row.starts.length > 0) return false;
  place(row, 0, encodeInterval(State.UNOBSERVED, 0, Activity.UNSPECIFIED, 0));
  return true;
}

/** A change before the day, or at its very start, replaces what the day opens with. */
function place(row: BoardRow, offsetMs: number, code: IntervalCode): void {
  if (offsetMs === 0) {
    row.starts.length = 0;
    row.codes.length = 0;
  }
  row.starts.push(offsetMs);
  row.codes.push(code);
}

/** The server speaks in the order of its commits; a row is built in the order in which things happened. */
function byOccurrence(changes: BoardChanges): number[] {
  const times = changes.occurredTimesMs;
  return changes.agents.map((_, index) => index).sort((a, b) => Number((times[a] ?? 0n) - (times[b] ?? 0n)) || a - b);
}

function codeOf(board: Board, changes: BoardChanges, index: number): IntervalCode {
  const reason = reasonIndex(board.reasons, changes.cursor?.site ?? "", changes.reasons[index] ?? "");
  return encodeInterval(
    changes.states[index] ?? 0, changes.marks[index] ?? 0, changes.activities[index] ?? 0, reason,
    changes.capacityLeft[index] ?? false,
  );
}

/** A newer gateway may send states this page does not know; a column that lost them no longer fits the others. */
/** Whoever may not read reasons gets none at all. */
function isRectangular(changes: BoardChanges): boolean {
  const length = changes.agents.length;
  const reasons = changes.reasons.length === 0 ? [] : [changes.reasons];
  return [
    changes.states, ...reasons, changes.activities, changes.occurredTimesMs, changes.marks, changes.sinceTimesMs,
    changes.revised,
  ].every((column) => column.length === length);
}
