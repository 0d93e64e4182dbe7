import type { View } from "../app/view";
import { wallClock } from "./clock";
import { stepDay, type IsoDay } from "./day";
import { steppedRange, type LocalMinute } from "./local";
import type { Board } from "./model";

/** The view of the next or former day; of a range the one beside it, as long as it is itself. */
export function steppedView(board: Board, view: View, step: number): Partial<View> {
  if (view.range !== null) return { range: steppedRange(view.range, step), zoom: null };
  const day = board.day ?? dayAt(board, board.startMs + board.lengthMs - 1);
  return { day: stepDay(day, step), axis: view.axis === "last24" ? "midnight" : view.axis, zoom: null };
}

/** What calendar and clock of the board's zone show at an offset. */
export function localMinuteAt(board: Board, offsetMs: number): LocalMinute {
  const clock = wallClock(board, offsetMs, false).slice(0, 5);
  return `${dayAt(board, board.startMs + offsetMs)}T${clock === "24:00" ? "00:00" : clock}`;
}

/** Which day an instant belongs to in the board's zone, as a label; the day's own instants come from the server. */
export function dayAt(board: Board, ms: number): IsoDay {
  return new Intl.DateTimeFormat("en-CA", { timeZone: board.timeZone }).format(ms);
}
