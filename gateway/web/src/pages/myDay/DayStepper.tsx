import { useRef } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { moveTo } from "../../app/address";
import { formatDay, stepDay, type IsoDay } from "../../board/day";
import { Icon } from "../../ui/Icon";
import { useKeys } from "../../ui/useKeys";
import { addressOf, isKept } from "./model/days";

interface DayStepperProps {
  readonly day: IsoDay;
  readonly today: IsoDay;
  /** For how many days what was recorded is kept; undefined if that is not known. */
  readonly keptDays: number | undefined;
}

/** The day that is shown, its neighbours as far as they are kept, and the way back to today. */
export function DayStepper({ day, today, keptDays }: DayStepperProps) {
  const { t, i18n } = useTranslation();
  const previous = useRef<HTMLButtonElement>(null);
  const go = (other: IsoDay) => moveTo(addressOf(other, today));
  // What leads to today goes with it, and the focus with that.
  const goByButton = (other: IsoDay) => {
    flushSync(() => go(other));
    if (other === today) previous.current?.focus();
  };
  const [before, after] = [stepDay(day, -1), stepDay(day, 1)];
  const isFirst = !isKept(before, today, keptDays);
  const isToday = day === today;
  useKeys((key, isChord) => {
    if (key === "[" && !isChord && !isFirst) return () => go(before);
    return key === "]" && !isChord && !isToday ? () => go(after) : null;
  });
  return (
    <div className="day-picker">
      <button
        type="button" className="icon-button" aria-label={t("bar.previousDay")} title={`${t("bar.previousDay")}  [`}
        disabled={isFirst} ref={previous} onClick={() => go(before)}
      >
        <Icon name="back" />
      </button>
      <strong aria-live="polite">{formatDay(day, i18n.language)}</strong>
      <button
        type="button" className="icon-button" aria-label={t("bar.nextDay")} title={`${t("bar.nextDay")}  ]`}
        disabled={isToday} onClick={() => goByButton(after)}
      >
        <Icon name="forward" />
      </button>
      {!isToday && <button type="button" className="button small" onClick={() => goByButton(today)}>{t("myDay.today")}</button>}
    </div>
  );
}
