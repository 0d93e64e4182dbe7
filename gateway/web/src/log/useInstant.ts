import { useTranslation } from "react-i18next";
import { wallClock } from "../board/clock";
import type { Board } from "../board/model";

/** Writes an instant on the wall clock of the board's span; with its date if it lies outside, or the span has several days. */
export function useInstant(board: Board, withSeconds = true): (ms: number) => string {
  const { i18n } = useTranslation();
  return (ms) => {
    const offset = ms - board.startMs;
    if (board.day !== null && offset >= 0 && offset < board.lengthMs) return wallClock(board, offset, withSeconds);
    return new Intl.DateTimeFormat(i18n.language, {
      timeZone: board.timeZone, dateStyle: "short", timeStyle: withSeconds ? "medium" : "short", hourCycle: "h23",
    } as Intl.DateTimeFormatOptions).format(ms);
  };
}
