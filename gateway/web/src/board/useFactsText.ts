import { useTranslation } from "react-i18next";
import { formatDuration, wallClock } from "./clock";
import { factsAt, type Facts } from "./facts";
import type { Board, BoardRow } from "./model";
import { activityKey, markKeys, stateKey } from "./states";
import { useReasonNames } from "./useReasonNames";

export interface ToldFacts {
  readonly facts: Facts;
  readonly state: string;
  readonly from: string;
  readonly to: string;
  readonly duration: string;
  readonly reason: string;
  readonly activity: string;
  /** What is remarkable, a word each. */
  readonly marks: readonly string[];
  /** All of it as one sentence. */
  readonly text: string;
}

/** Writes an interval's facts in the reader's language; null where the row has none. */
export function useFactsText(board: Board): (row: BoardRow, offsetMs: number, latestMs: number) => ToldFacts | null {
  const { t } = useTranslation();
  const reasonName = useReasonNames(board.site);
  const goesBeyond = (facts: Facts) => facts.isOpen && facts.toMs >= board.lengthMs;
  const isAtLeast = (facts: Facts) => goesBeyond(facts) || (facts.startsBefore && facts.durationMs === facts.toMs);
  const endOf = (facts: Facts) => {
    const end = wallClock(board, facts.toMs);
    if (goesBeyond(facts)) return t("tip.beyond", { time: end });
    return facts.isOpen ? t("tip.stillOn") : end;
  };
  return (row, offsetMs, latestMs) => {
    const facts = factsAt(board, row, offsetMs, latestMs);
    if (facts === null) return null;
    const activity = activityKey(facts.activity);
    const start = wallClock(board, facts.fromMs);
    const told = {
      facts,
      state: t(`state.${stateKey(facts.state)}`),
      from: facts.startsBefore ? t("tip.before", { time: start }) : start,
      to: endOf(facts),
      duration: `${isAtLeast(facts) ? "≥ " : ""}${formatDuration(facts.durationMs)}`,
      reason: reasonName(facts.reason),
      activity: activity === null ? "" : t(`activity.${activity}`),
      marks: markKeys(facts.marks).map((mark) => t(`mark.${mark}`)),
    };
    const named = [told.state, ...told.marks, told.reason, told.activity].filter((part) => part !== "");
    return { ...told, text: `${named.join(", ")}, ${told.from} – ${told.to}, ${told.duration}` };
  };
}
