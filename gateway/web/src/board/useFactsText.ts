import { useTranslation } from "react-i18next";
import { formatDuration, wallClock } from "./clock";
import { factsAt, type Facts } from "./facts";
import type { Board, BoardRow } from "./model";
import { activityKey, stateKey } from "./states";

export interface ToldFacts {
  readonly facts: Facts;
  readonly state: string;
  readonly from: string;
  readonly to: string;
  readonly duration: string;
  readonly reason: string;
  readonly activity: string;
  readonly inferred: string;
  /** All of it as one sentence. */
  readonly text: string;
}

/** Writes an interval's facts in the reader's language; null where the row has none. */
export function useFactsText(board: Board): (row: BoardRow, offsetMs: number, latestMs: number) => ToldFacts | null {
  const { t } = useTranslation();
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
      reason: facts.reason,
      activity: activity === null ? "" : t(`activity.${activity}`),
      inferred: facts.isInferred ? t("state.inferred") : "",
    };
    const named = [told.state, told.inferred, told.reason, told.activity].filter((part) => part !== "");
    return { ...told, text: `${named.join(", ")}, ${told.from} – ${told.to}, ${told.duration}` };
  };
}
