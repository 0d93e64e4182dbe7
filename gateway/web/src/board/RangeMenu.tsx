import { useId, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { stepDay, type IsoDay } from "./day";
import { latestOffset } from "./instant";
import { faultOf, type LocalRange } from "./local";
import type { Board } from "./model";
import { localMinuteAt } from "./steps";

interface RangeMenuProps {
  readonly board: Board;
  readonly now: number;
  /** The days that have data. */
  readonly first: IsoDay | null;
  readonly last: IsoDay;
}

/** Chooses a stretch of time from minute to minute, as the clocks of the board's zone show it. */
export function RangeMenu({ board, now, first, last }: RangeMenuProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const show = (range: LocalRange) => {
    changeView({ range, day: null, zoom: null, axis: "midnight" });
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <>
      <button
        type="button" className="icon-button" ref={opener} aria-haspopup="dialog" aria-expanded={isOpen}
        aria-label={t("range.title")} title={t("range.title")} onClick={() => setOpen(!isOpen)}
      >
        <Icon name="range" />
      </button>
      {isOpen && (
        <Popover label={t("range.title")} onClose={() => setOpen(false)} opener={opener}>
          <RangeForm
            usual={view.range ?? shownRange(board, now)} zone={board.timeZone} onShow={show}
            least={first === null ? undefined : `${first}T00:00`} most={`${stepDay(last, 1)}T00:00`}
          />
        </Popover>
      )}
    </>
  );
}

interface RangeFormProps {
  readonly usual: LocalRange;
  readonly zone: string;
  readonly least: string | undefined;
  readonly most: string;
  readonly onShow: (range: LocalRange) => void;
}

function RangeForm({ usual, zone, least, most, onShow }: RangeFormProps) {
  const { t } = useTranslation();
  const [range, setRange] = useState(usual);
  const fault = faultOf(range);
  const note = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fault === null) onShow(range);
  };
  return (
    <form className="range-form" onSubmit={submit}>
      {(["from", "to"] as const).map((end) => (
        <label className="labelled" key={end}>
          <span className="segments-label">{t(`range.${end}`)}</span>
          <input
            type="datetime-local" required value={range[end]} min={least} max={most} autoFocus={end === "from"}
            aria-describedby={note} aria-invalid={fault !== null}
            onChange={(event) => setRange({ ...range, [end]: event.target.value })}
          />
        </label>
      ))}
      <p className="muted" id={note} role={fault === null ? undefined : "alert"}>
        {fault === null ? t("range.zone", { zone }) : t(`range.${fault}`)}
      </p>
      <button type="submit" className="button primary" disabled={fault !== null}>{t("range.show")}</button>
    </form>
  );
}

/** What the board shows, as far as it has passed. */
function shownRange(board: Board, now: number): LocalRange {
  const passedMs = latestOffset(board, now);
  return { from: localMinuteAt(board, 0), to: localMinuteAt(board, passedMs > 0 ? passedMs : board.lengthMs) };
}
