import type { View } from "../app/view";
import { stepDay, type IsoDay } from "./day";
import type { Board } from "./model";

/** The view of the next or former day; of a range of several days the range beside it. */
export function steppedView(board: Board, view: View, step: number): Partial<View> {
  if (view.range !== null) {
    const { startMs, lengthMs } = view.range;
    return { range: { startMs: startMs + step * lengthMs, lengthMs }, zoom: null };
  }
  const day = board.day ?? dayAt(board, board.startMs + board.lengthMs - 1);
  return { day: stepDay(day, step), axis: view.axis === "last24" ? "midnight" : view.axis, zoom: null };
}

/** Which day an instant belongs to in the board's zone, as a label; the day's own instants come from the server. */
export function dayAt(board: Board, ms: number): IsoDay {
  return new Intl.DateTimeFormat("en-CA", { timeZone: board.timeZone }).format(ms);
}
