import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { Calendar } from "./Calendar";
import type { IsoDay } from "./day";
import { latestOffset } from "./instant";
import type { Board } from "./model";
import { RangeMenu } from "./RangeMenu";
import { dayAt, steppedView } from "./steps";
import { shownDays, useRangeName } from "./useRangeName";
import { ZonePicker } from "./ZonePicker";

interface DayPickerProps {
  readonly board: Board;
  readonly now: number;
  readonly isChanging: boolean;
}

/** The day or range, its neighbours, the newest one, and the zone in which all of it is told. */
export function DayPicker({ board, now, isChanging }: DayPickerProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const today = dayAt(board, now + board.skewMs);
  const last = board.lastDataDay !== null && board.lastDataDay > today ? board.lastDataDay : today;
  const first = board.firstDataDay;
  const newest = board.lastDataDay ?? today;
  const [firstShown, lastShown] = shownDays(board);
  const name = useRangeName(board);
  const isRange = view.range !== null;
  const isFirst = first !== null && (isRange ? view.range.from <= `${first}T00:00` : firstShown <= first);
  const isLast = isRange ? latestOffset(board, now) < board.lengthMs : lastShown >= last;
  const earlier = t(isRange ? "range.earlier" : "bar.previousDay");
  const later = t(isRange ? "range.later" : "bar.nextDay");
  const go = (day: IsoDay) => {
    changeView({ day: day === newest ? null : day, range: null, zoom: null, axis: view.axis === "last24" ? "midnight" : view.axis });
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <div className="day-picker" aria-busy={isChanging}>
      <button
        type="button" className="icon-button" aria-label={earlier} title={`${earlier}  [`}
        disabled={isFirst} onClick={() => changeView(steppedView(board, view, -1))}
      >
        <Icon name="back" />
      </button>
      <button
        type="button" className="day" ref={opener} aria-haspopup="dialog" aria-expanded={isOpen}
        aria-label={`${t("bar.chooseDay")}: ${name}`} onClick={() => setOpen(!isOpen)}
      >
        {name}
      </button>
      <button
        type="button" className="icon-button" aria-label={later} title={`${later}  ]`}
        disabled={isLast} onClick={() => changeView(steppedView(board, view, 1))}
      >
        <Icon name="forward" />
      </button>
      <RangeMenu board={board} now={now} first={first} last={last} />
      {(view.day !== null || isRange) && board.day !== newest && (
        <button type="button" className="button small newest" title={t("bar.newestHint")} onClick={() => go(newest)}>
          {t("bar.newest")}
        </button>
      )}
      <ZonePicker board={board} />
      {isOpen && (
        <Popover label={t("bar.chooseDay")} onClose={() => setOpen(false)} opener={opener}>
          <Calendar chosen={lastShown} first={first} last={last} today={today} onChoose={go} />
        </Popover>
      )}
    </div>
  );
}
