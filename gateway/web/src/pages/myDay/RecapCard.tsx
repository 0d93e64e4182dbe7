import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { formatDuration } from "../../board/clock";
import { Card } from "./Card";
import { bestHour, type ContactLine } from "./model/contacts";
import { lookTimes, type Piece } from "./model/pieces";
import { recapOf, type OwnShift } from "./model/strip";
import { useSpan } from "./useClock";

const TITLES = {
  over: "myDay.recap.over", ofDay: "myDay.recap.ofDay", soFar: "myDay.recap.soFar",
} as const;

interface RecapCardProps {
  readonly day: AgentDay;
  readonly pieces: readonly Piece[];
  /** Null while some are still to come. */
  readonly contacts: readonly ContactLine[] | null;
  readonly shifts: readonly OwnShift[];
  readonly nowMs: number;
  /** States cannot be had. */
  readonly isMissing: boolean;
}

/** Her day in a few facts, for her alone. */
export function RecapCard({ day, pieces, contacts, shifts, nowMs, isMissing }: RecapCardProps) {
  const { t } = useTranslation();
  const span = useSpan(day.timeZone);
  const known = contacts ?? [];
  const best = bestHour(day, known);
  const onDuty = lookTimes(pieces).filter(({ share }) => share !== null);
  const handled = known.filter(({ answerMs }) => answerMs !== null).length;
  const talked = known.reduce((sum, { talkMs }) => sum + (talkMs ?? 0), 0);
  return (
    <Card title={t(TITLES[recapOf(day, shifts, nowMs)])} name="recap">
      {onDuty.length === 0 && handled === 0 ? <p className="muted">{t(isMissing ? "myDay.notHad" : "myDay.nothingYet")}</p> : (
        <dl className="rows">
          {!isMissing && <div><dt>{t("myDay.recap.onDuty")}</dt><dd>{formatDuration(onDuty.reduce((sum, { milliseconds }) => sum + milliseconds, 0))}</dd></div>}
          {contacts !== null && <div><dt>{t("myDay.recap.handled")}</dt><dd>{handled}</dd></div>}
          {handled > 0 && <div><dt>{t("myDay.recap.talk")}</dt><dd>{formatDuration(talked / handled)}</dd></div>}
          {best !== null && (
            <div><dt>{t("myDay.recap.best")}</dt><dd>{span(best)} · {t("myDay.contact.handled", { count: best.handledCount })}</dd></div>
          )}
        </dl>
      )}
      <p className="muted">{t("myDay.recap.hersAlone")}</p>
    </Card>
  );
}
