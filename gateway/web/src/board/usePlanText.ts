import { useTranslation } from "react-i18next";
import { Activity_Kind as Kind } from "../gen/muster/roster/v1/shift_pb";
import { wallClock } from "./clock";
import type { Board, BoardRow } from "./model";
import { activityIn, shiftAt, type PlannedSpan } from "./plan";

const KIND_KEYS = {
  [Kind.UNSPECIFIED]: "task",
  [Kind.BREAK]: "break",
  [Kind.MEAL]: "meal",
  [Kind.TRAINING]: "training",
  [Kind.MEETING]: "meeting",
  [Kind.COACHING]: "coaching",
  [Kind.TASK]: "task",
} as const;

/** Names the text of a planned activity's kind; `task` for one that this page does not know. */
export function kindKey(kind: Kind): (typeof KIND_KEYS)[Kind] {
  return KIND_KEYS[kind] ?? "task";
}

/** Writes what was planned for somebody at an instant; empty for nothing. */
export function usePlanText(board: Board): (row: BoardRow, offsetMs: number) => string {
  const { t } = useTranslation();
  // Beyond the range no column tells the time on the wall.
  const startOf = (ms: number) =>
    ms < 0 ? t("tip.before", { time: wallClock(board, 0, false) }) : wallClock(board, ms, false);
  const endOf = (ms: number) =>
    ms > board.lengthMs ? t("tip.beyond", { time: wallClock(board, board.lengthMs, false) }) : wallClock(board, ms, false);
  const span = ({ startMs, endMs }: PlannedSpan) => ({ from: startOf(startMs), to: endOf(endMs) });
  return (row, offsetMs) => {
    const shift = shiftAt(row.shifts, offsetMs);
    if (shift === undefined) return "";
    const activity = activityIn(shift, offsetMs);
    if (activity === undefined) return t("plan.shift", span(shift));
    return t("plan.activity", { ...span(activity), kind: t(`plan.${kindKey(activity.kind)}`) });
  };
}
