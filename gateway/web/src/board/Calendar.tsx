import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { formatDay, stepDay, stepMonth, weeksOfMonth, type IsoDay } from "./day";

interface CalendarProps {
  readonly chosen: IsoDay;
  /** The days that can be chosen; null for no limit. */
  readonly first: IsoDay | null;
  readonly last: IsoDay;
  readonly today: IsoDay;
  readonly onChoose: (day: IsoDay) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month of days, moved through by arrows. */
export function Calendar({ chosen, first, last, today, onChoose }: CalendarProps) {
  const { t, i18n } = useTranslation();
  const [focused, setFocused] = useState(chosen);
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => table.current?.querySelector<HTMLButtonElement>("[tabindex='0']")?.focus(), [focused]);
  const isAllowed = (day: IsoDay) => (first === null || day >= first) && day <= last;
  const move = (day: IsoDay) => setFocused(first !== null && day < first ? first : day > last ? last : day);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(stepDay(focused, step));
  };
  const weeks = weeksOfMonth(focused);
  return (
    <div className="calendar">
      <div className="calendar-head">
        <button
          type="button" className="icon-button" aria-label={t("bar.previousMonth")}
          onClick={() => move(stepMonth(focused, -1))}
        >
          <Icon name="back" />
        </button>
        <strong aria-live="polite">{formatDay(focused, i18n.language, { month: "long", year: "numeric" })}</strong>
        <button
          type="button" className="icon-button" aria-label={t("bar.nextMonth")}
          onClick={() => move(stepMonth(focused, 1))}
        >
          <Icon name="forward" />
        </button>
      </div>
      <table ref={table} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={formatDay(day, i18n.language, { weekday: "long" })}>
                {formatDay(day, i18n.language, { weekday: "narrow" })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  <button
                    type="button" disabled={!isAllowed(day)} tabIndex={day === focused ? 0 : -1}
                    aria-label={formatDay(day, i18n.language)} aria-pressed={day === chosen}
                    aria-current={day === today ? "date" : undefined}
                    className={day.slice(0, 7) === focused.slice(0, 7) ? "" : "other-month"}
                    onClick={() => onChoose(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
