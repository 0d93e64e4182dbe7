import { useTranslation } from "react-i18next";
import { breakMeasure } from "./breaks";
import { formatDuration, wallClock } from "./clock";
import { cellFactsAt, factsAt, type Facts } from "./facts";
import type { Board, BoardRow } from "./model";
import { activityKey, markKeys, stateKey, STATES, type StateKey } from "./states";
import { usePlanText } from "./usePlanText";
import { useBreakLimits, useReasonNamesOf } from "./useReasonNames";

export interface ToldFacts {
  readonly facts: Facts;
  readonly state: string;
  readonly from: string;
  readonly to: string;
  readonly duration: string;
  readonly reason: string;
  readonly activity: string;
  /** What was planned at the instant; empty for nothing. */
  readonly plan: string;
  /** By how much a break is over the longest time of its reason; empty for one that is not. */
  readonly over: string;
  /** What is remarkable, a word each. */
  readonly marks: readonly string[];
  /** All of it as one sentence. */
  readonly text: string;
}

/** Writes an interval's facts in the reader's language; null where the row has none. */
export function useFactsText(board: Board): (row: BoardRow, offsetMs: number, latestMs: number) => ToldFacts | null {
  const { t } = useTranslation();
  const reasonName = useReasonNamesOf(board.sites);
  const planText = usePlanText(board);
  const limits = useBreakLimits(board);
  const goesBeyond = (facts: Facts) => facts.isOpen && facts.toMs >= board.lengthMs;
  const isAtLeast = (facts: Facts) => goesBeyond(facts) || (facts.startsBefore && facts.durationMs === facts.toMs);
  const endOf = (facts: Facts) => {
    const end = wallClock(board, facts.toMs);
    if (goesBeyond(facts)) return t("tip.beyond", { time: end });
    return facts.isOpen ? t("tip.stillOn") : end;
  };
  const overOf = (row: BoardRow, facts: Facts) => {
    const measure = breakMeasure(board, row, facts.index, facts.toMs, limits);
    if (measure === null || measure.overMs <= 0) return "";
    const [longest, over] = [measure.longestMs, measure.overMs].map(formatDuration);
    return t("tip.over", { longest, over: `${isAtLeast(facts) ? "≥ " : ""}${over}` });
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
      reason: reasonName(facts.reason, row.site),
      activity: activity === null ? "" : t(`activity.${activity}`),
      plan: planText(row, offsetMs),
      over: overOf(row, facts),
      marks: [
        ...(facts.hasCapacity ? [t("mark.spare")] : []), ...markKeys(facts.marks).map((mark) => t(`mark.${mark}`)),
      ],
    };
    const named = [told.state, ...told.marks, told.reason, told.activity].filter((part) => part !== "");
    const sentence = [named.join(", "), `${told.from} – ${told.to}`, told.duration, told.over, told.plan];
    return { ...told, text: sentence.filter((part) => part !== "").join(", ") };
  };
}

export interface ToldCell {
  readonly index: number;
  readonly from: string;
  readonly to: string;
  /** The states that occur, the longest first. */
  readonly parts: ReadonlyArray<{ readonly key: StateKey; readonly name: string; readonly duration: string }>;
  readonly plan: string;
  readonly text: string;
}

/** Writes how long somebody was in each state within a column; null where the row has nothing. */
export function useCellText(board: Board): (row: BoardRow, offsetMs: number, latestMs: number) => ToldCell | null {
  const { t } = useTranslation();
  const planText = usePlanText(board);
  return (row, offsetMs, latestMs) => {
    const cell = cellFactsAt(board, row, offsetMs, latestMs);
    if (cell === null) return null;
    const parts = STATES.filter((state) => (cell.totals[state] ?? 0) > 0)
      .sort((a, b) => (cell.totals[b] ?? 0) - (cell.totals[a] ?? 0))
      .map((state) => ({
        key: stateKey(state), name: t(`state.${stateKey(state)}`), duration: formatDuration(cell.totals[state] ?? 0),
      }));
    const [from, to] = [wallClock(board, cell.fromMs), wallClock(board, cell.toMs)];
    const plan = planText(row, offsetMs);
    const sums = parts.map(({ name, duration }) => `${name} ${duration}`).join(", ");
    const text = [`${from} – ${to}`, sums, plan].filter((part) => part !== "").join(", ");
    return { index: cell.index, from, to, parts, plan, text };
  };
}
