import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Board } from "./model";
import type { DayLabel } from "./scene";

const LONGEST_DAY_MS = 25 * 3_600_000;

/** The names of the days that begin within a range of several; the hours of a single day need none. */
export function useDayLabels(board: Board): readonly DayLabel[] {
  const { i18n } = useTranslation();
  return useMemo(() => {
    if (board.lengthMs <= LONGEST_DAY_MS) return [];
    const format = new Intl.DateTimeFormat(i18n.language, {
      timeZone: board.timeZone, weekday: "short", day: "numeric", month: "short",
    });
    let former = "";
    return board.columns.flatMap(({ offsetMs }) => {
      const label = format.format(board.startMs + offsetMs);
      const isNew = label !== former;
      former = label;
      return isNew ? [{ offsetMs, label }] : [];
    });
  }, [board, i18n.language]);
}
