import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { Calendar } from "./Calendar";
import { formatDay, stepDay, type IsoDay } from "./day";
import type { Board } from "./model";

interface DayPickerProps {
  readonly board: Board;
  readonly now: number;
  readonly isChanging: boolean;
}

/** The day, its neighbours, the newest one, and the zone in which all of it is told. */
export function DayPicker({ board, now, isChanging }: DayPickerProps) {
  const { t, i18n } = useTranslation();
  const [view, changeView] = useView();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const today = todayOf(board, now);
  const last = board.lastDataDay !== null && board.lastDataDay > today ? board.lastDataDay : today;
  const first = board.firstDataDay;
  const newest = board.lastDataDay ?? today;
  const go = (day: IsoDay) => {
    changeView({ day: day === newest ? null : day });
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <div className="day-picker" aria-busy={isChanging}>
      <button
        type="button" className="icon-button" aria-label={t("bar.previousDay")} title={`${t("bar.previousDay")}  [`}
        disabled={first === null || board.day <= first} onClick={() => changeView({ day: stepDay(board.day, -1) })}
      >
        <Icon name="back" />
      </button>
      <button
        type="button" className="day" ref={opener} aria-haspopup="dialog" aria-expanded={isOpen}
        aria-label={`${t("bar.chooseDay")}: ${formatDay(board.day, i18n.language)}`} onClick={() => setOpen(!isOpen)}
      >
        {formatDay(board.day, i18n.language)}
      </button>
      <button
        type="button" className="icon-button" aria-label={t("bar.nextDay")} title={`${t("bar.nextDay")}  ]`}
        disabled={board.day >= last} onClick={() => changeView({ day: stepDay(board.day, 1) })}
      >
        <Icon name="forward" />
      </button>
      {view.day !== null && board.day !== newest && (
        <button type="button" className="button small newest" title={t("bar.newestHint")} onClick={() => go(newest)}>
          {t("bar.newest")}
        </button>
      )}
      <span className="zone" title={t("bar.zone")}>{board.timeZone}</span>
      {isOpen && (
        <Popover label={t("bar.chooseDay")} onClose={() => setOpen(false)} opener={opener}>
          <Calendar chosen={board.day} first={first} last={last} today={today} onChoose={go} />
        </Popover>
      )}
    </div>
  );
}

/** Which day it is in the board's zone, for the marks of a calendar; the day's instants come from the server. */
function todayOf(board: Board, now: number): IsoDay {
  return new Intl.DateTimeFormat("en-CA", { timeZone: board.timeZone }).format(now + board.skewMs);
}
