import type { MouseEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { State } from "../gen/muster/presence/v1/state_pb";
import { Swatch } from "../ui/Swatch";
import { wallClock } from "./clock";
import { countsAt } from "./instant";
import type { Board } from "./model";
import { stateKey, STATES } from "./states";

interface CountersProps {
  readonly board: Board;
  /** The instant that is counted: the latest one, or the cursor's. */
  readonly offsetMs: number;
  readonly isLatest: boolean;
  readonly isToday: boolean;
  readonly chosen: readonly State[];
  readonly shownCount: number;
  readonly onChoose: (states: readonly State[]) => void;
  /** What stands beside the counters. */
  readonly children?: ReactNode;
}

/** The legend, which is also the count of people per state and the filter by state. */
export function Counters(props: CountersProps) {
  const { board, offsetMs, isLatest, isToday, chosen, onChoose } = props;
  const { t } = useTranslation();
  const counts = countsAt(board, offsetMs);
  const areMissing = board.missingParts.length > 0;
  const choose = (state: State, event: MouseEvent) => {
    const others = event.shiftKey ? chosen.filter((other) => other !== state) : [];
    onChoose(chosen.includes(state) && (event.shiftKey || chosen.length === 1) ? others : [...others, state]);
  };
  const instant = isLatest && isToday ? t("counters.now") : t("counters.at", { time: wallClock(board, offsetMs) });
  return (
    <section className="counters" role="group" aria-label={t("counters.label")}>
      {STATES.map((state) => (
        <button
          key={state} type="button" className="counter" aria-pressed={chosen.includes(state)}
          title={t("counters.only", { state: t(`state.${stateKey(state)}`) })} onClick={(event) => choose(state, event)}
          data-state={stateKey(state)}
        >
          <Swatch look={stateKey(state)} />
          <span className="counter-name">{t(`state.${stateKey(state)}`)}</span>
          <strong>{areMissing ? "–" : counts[state]}</strong>
        </button>
      ))}
      <span className="legend-only" title={t("counters.spareHint")}><Swatch look="spare" />{t("mark.spare")}</span>
      <span className="legend-only" title={t("counters.awayHint")}><Swatch look="away" />{t("mark.away")}</span>
      <span className="legend-only" title={t("counters.inferredHint")}><Swatch look="inferred" />{t("mark.inferred")}</span>
      {props.children}
      <span className="counted">
        <Shown board={board} count={props.shownCount} />
        <span className="counted-instant">{instant}</span>
      </span>
    </section>
  );
}

function Shown({ board, count }: { readonly board: Board; readonly count: number }) {
  const { t } = useTranslation();
  const all = board.rows.length;
  return (
    <span className="counted-people">
      {count === all ? t("counters.people", { count }) : t("counters.shown", { shown: count, all })}
      {board.withheldCount > 0 && (
        <span className="withheld" title={t("counters.withheldHint")}>
          {t("counters.withheld", { count: board.withheldCount })}
        </span>
      )}
    </span>
  );
}
