import type { Board } from "./model";

/**
 * The clock on the wall at an offset of the day, for example `09:12:03`. It counts on from the column's label, which
 * the server wrote: an hour that comes twice keeps its mark, and no rule of the zone is needed here.
 */
export function wallClock(board: Board, offsetMs: number, withSeconds = true): string {
  const column = board.columns.findLast((candidate) => candidate.offsetMs <= offsetMs) ?? board.columns[0];
  const match = /^(\d{1,2})(?::(\d{2}))?(\D*)$/.exec(column?.label ?? "");
  if (column === undefined || match === null) return "";
  const past = Math.floor((offsetMs - column.offsetMs) / 1000);
  const counted = Number(match[1]) * 3600 + Number(match[2] ?? 0) * 60 + past;
  const total = counted > DAY_SECONDS ? counted % DAY_SECONDS : counted;
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60].map(padded);
  return parts.slice(0, withSeconds ? 3 : 2).join(":") + (match[3] ?? "");
}

const DAY_SECONDS = 86_400;

/** A length of time as `4:12` or `1:04:12`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${padded(m)}:${padded(s)}` : `${m}:${padded(s)}`;
}

function padded(value: number): string {
  return String(value).padStart(2, "0");
}
