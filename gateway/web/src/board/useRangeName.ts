import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { formatDay, type IsoDay } from "./day";
import { daysIn } from "./local";
import type { Board } from "./model";
import { dayAt } from "./steps";

const SHORT: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };

/** What the board's range is called: a day, some days, or from a minute to another one. */
export function useRangeName(board: Board): string {
  const { i18n } = useTranslation();
  const [{ range }] = useView();
  const [first, last] = shownDays(board);
  const short = (day: IsoDay) => formatDay(day, i18n.language, SHORT);
  if (range !== null && daysIn(range) === null) {
    const [from, to] = [range.from, range.to].map((local) => [local.slice(0, 10), local.slice(11)] as const) as [End, End];
    return `${short(from[0])} ${from[1]} – ${to[0] === from[0] ? "" : `${short(to[0])} `}${to[1]}`;
  }
  return first === last ? formatDay(last, i18n.language) : `${short(first)} – ${short(last)}`;
}

type End = readonly [day: IsoDay, clock: string];

/** The first and the last day that the board shows a part of. */
export function shownDays(board: Board): readonly [IsoDay, IsoDay] {
  if (board.day !== null) return [board.day, board.day];
  return [dayAt(board, board.startMs), dayAt(board, board.startMs + board.lengthMs - 1)];
}
