import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { kindKey } from "../../board/usePlanText";
import { Card } from "./Card";
import type { OwnShift } from "./model/strip";
import { useSpan } from "./useClock";

interface ShiftCardProps {
  readonly day: AgentDay;
  readonly shifts: readonly OwnShift[];
  readonly isMissing: boolean;
}

/** What is planned for her today. */
export function ShiftCard({ day, shifts, isMissing }: ShiftCardProps) {
  const { t } = useTranslation();
  const span = useSpan(day.timeZone);
  return (
    <Card title={t("myDay.shift")} name="shift">
      {shifts.length === 0 && <p className="muted">{t(isMissing ? "myDay.notHad" : "myDay.noShift")}</p>}
      {shifts.map((shift) => (
        <div key={shift.startMs} className="shift">
          <p className="shift-span">{span(shift)}</p>
          <dl className="rows">
            {shift.activities.map((activity) => (
              <div key={activity.startMs}>
                <dt>{t(`plan.${kindKey(activity.kind)}`)}</dt>
                <dd>{span(activity)}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </Card>
  );
}
