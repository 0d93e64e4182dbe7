import type { ListStateLogResponse } from "../gen/muster/presence/v1/presence_service_pb";
import type { StateLogEntry } from "../gen/muster/presence/v1/state_pb";
import type { AgentTimeline_Interval as Interval } from "../gen/muster/presence/v1/timeline_service_pb";
import { epochMs, type Board } from "../board/model";

/** One entry of the log as a line: with its place in the day and how long it held. */
export interface LogLine {
  readonly entry: StateLogEntry;
  readonly occurredMs: number;
  /** Within the day; below zero for the entry in force when the day began. */
  readonly offsetMs: number;
  /** Within the day; null while the next entry is not loaded. */
  readonly durationMs: number | null;
}

/** The pages' entries as lines, first the one in force when the day began. */
export function logLines(
  board: Board, pages: readonly ListStateLogResponse[], latestMs: number, isComplete: boolean,
): LogLine[] {
  const reported = pages.flatMap((page) => page.entries);
  const opening = pages[0]?.openingEntry;
  // What changed at the very start of the day leaves nothing in force before it.
  const isForeclosed = epochMs(reported[0]?.occurredTime) === board.startMs;
  const entries = opening === undefined || isForeclosed ? reported : [opening, ...reported];
  const offsets = entries.map((entry) => (epochMs(entry.occurredTime) ?? 0) - board.startMs);
  return entries.map((entry, index) => {
    const offsetMs = offsets[index] as number;
    const endMs = offsets[index + 1] ?? (isComplete ? latestMs : null);
    return {
      entry,
      occurredMs: offsetMs + board.startMs,
      offsetMs,
      durationMs: endMs === null ? null : Math.max(endMs - Math.max(offsetMs, 0), 0),
    };
  });
}

/** The index of the line in force at an offset; -1 if none is, or if it may stand among those that are not loaded. */
export function lineAt(lines: readonly LogLine[], offsetMs: number): number {
  const index = lines.findLastIndex((line) => line.offsetMs <= offsetMs);
  return lines[index]?.durationMs === null ? -1 : index;
}

/** The intervals of a timeline that show an entry's word; none where another one counts. */
export function intervalsOf({ source, eventId }: StateLogEntry, intervals: readonly Interval[]): readonly Interval[] {
  return intervals.filter(({ entry }) => entry?.source === source && entry.eventId === eventId);
}
