import { useTranslation } from "react-i18next";
import { formatDuration } from "../board/clock";
import { epochMs, type Board } from "../board/model";
import { kindKey } from "../board/usePlanText";
import type { AgentDay } from "../gen/muster/gateway/v1/board_service_pb";
import { DayBar } from "./DayBar";
import { shiftFacts, type ShiftFacts as Facts } from "./shifts";
import { useInstant } from "./useInstant";

interface ShiftFactsProps {
  readonly board: Board;
  readonly day: AgentDay;
}

/** What was planned beside what was seen, as facts and without a verdict. */
export function ShiftFacts({ board, day }: ShiftFactsProps) {
  const { t } = useTranslation();
  const facts = shiftFacts(day.shifts, day.timeline?.intervals ?? [], epochMs(day.passedTime) ?? 0);
  return (
    <section className="log-section" aria-label={t("log.shifts")}>
      <h3>{t("log.shifts")}</h3>
      {facts.length === 0 && <p className="muted">{t("log.noShift")}</p>}
      {facts.length > 0 && <DayBar day={day} shifts={facts} />}
      {facts.map((shift) => (
        <ShiftLines key={shift.shift.name} board={board} facts={shift} isSeen={day.timeline !== undefined} />
      ))}
    </section>
  );
}

interface ShiftLinesProps {
  readonly board: Board;
  readonly facts: Facts;
  /** States could be had. */
  readonly isSeen: boolean;
}

function ShiftLines({ board, facts, isSeen }: ShiftLinesProps) {
  const { t } = useTranslation();
  const instant = useInstant(board, false);
  const span = (from: number, to: number) => `${instant(from)} – ${instant(to)}`;
  const seen = facts.firstMs === null
    ? t("log.notSeen")
    : `${instant(facts.firstMs)} – ${facts.lastMs === null ? t("tip.stillOn") : instant(facts.lastMs)}`;
  return (
    <dl className="facts">
      <div><dt>{t("log.planned")}</dt><dd>{span(facts.startMs, facts.endMs)}</dd></div>
      {isSeen && facts.passedMs > 0 && (
        <>
          <div><dt>{t("log.seen")}</dt><dd>{seen}</dd></div>
          <div>
            <dt>{t("log.present")}</dt>
            <dd>{t("log.ofPassed", { time: formatDuration(facts.presentMs), all: formatDuration(facts.passedMs) })}</dd>
          </div>
          {facts.unknownMs > 0 && <div><dt>{t("state.unobserved")}</dt><dd>{formatDuration(facts.unknownMs)}</dd></div>}
        </>
      )}
      {facts.shift.activities.map((activity) => (
        <div key={String(epochMs(activity.startTime))}>
          <dt>{t(`plan.${kindKey(activity.kind)}`)}</dt>
          <dd>{span(epochMs(activity.startTime) ?? 0, epochMs(activity.endTime) ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
