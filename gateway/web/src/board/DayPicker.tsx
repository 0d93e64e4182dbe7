import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { Calendar } from "./Calendar";
import { formatDay, type IsoDay } from "./day";
import type { Board } from "./model";
import { dayAt, steppedView } from "./steps";
import { ZonePicker } from "./ZonePicker";

interface DayPickerProps {
  readonly board: Board;
  readonly now: number;
  readonly isChanging: boolean;
}

/** The day or range, its neighbours, the newest one, and the zone in which all of it is told. */
export function DayPicker({ board, now, isChanging }: DayPickerProps) {
  const { t, i18n } = useTranslation();
  const [view, changeView] = useView();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const today = dayAt(board, now + board.skewMs);
  const last = board.lastDataDay !== null && board.lastDataDay > today ? board.lastDataDay : today;
  const first = board.firstDataDay;
  const newest = board.lastDataDay ?? today;
  const [firstShown, lastShown] = shownDays(board);
  const format = (day: IsoDay) => formatDay(day, i18n.language, firstShown === lastShown ? undefined : SHORT);
  const name = firstShown === lastShown ? format(lastShown) : `${format(firstShown)} – ${format(lastShown)}`;
  const go = (day: IsoDay) => {
    changeView({ day: day === newest ? null : day, range: null, zoom: null, axis: view.axis === "last24" ? "midnight" : view.axis });
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <div className="day-picker" aria-busy={isChanging}>
      <button
        type="button" className="icon-button" aria-label={t("bar.previousDay")} title={`${t("bar.previousDay")}  [`}
        disabled={first === null || firstShown <= first} onClick={() => changeView(steppedView(board, view, -1))}
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
        type="button" className="icon-button" aria-label={t("bar.nextDay")} title={`${t("bar.nextDay")}  ]`}
        disabled={lastShown >= last} onClick={() => changeView(steppedView(board, view, 1))}
      >
        <Icon name="forward" />
      </button>
      {view.day !== null && board.day !== newest && (
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

const SHORT: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };

function shownDays(board: Board): readonly [IsoDay, IsoDay] {
  if (board.day !== null) return [board.day, board.day];
  return [dayAt(board, board.startMs), dayAt(board, board.startMs + board.lengthMs - 1)];
}
