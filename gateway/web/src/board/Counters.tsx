import type { MouseEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Swatch } from "../ui/Swatch";
import { longBreakCount, type BreakLimits } from "./breaks";
import { wallClock } from "./clock";
import { countsAt } from "./instant";
import type { Board } from "./model";
import { LONG_BREAK, standingKey, STANDINGS, type Standing } from "./standings";

interface CountersProps {
  readonly board: Board;
  /** The instant that is counted: the latest one, or the cursor's. */
  readonly offsetMs: number;
  readonly isLatest: boolean;
  readonly isToday: boolean;
  readonly limits: BreakLimits;
  readonly chosen: readonly Standing[];
  readonly shownCount: number;
  readonly onChoose: (states: readonly Standing[]) => void;
  /** What stands beside the counters. */
  readonly children?: ReactNode;
}

/** The legend, which is also the count of people per state and the filter by state. */
export function Counters(props: CountersProps) {
  const { board, offsetMs, isLatest, isToday, limits, chosen, onChoose } = props;
  const { t } = useTranslation();
  const counts = countsAt(board, offsetMs);
  const countOf = (standing: Standing): number | null => {
    if (board.missingParts.length > 0 || (standing === LONG_BREAK && limits === null)) return null;
    return standing === LONG_BREAK ? longBreakCount(board, offsetMs, limits) : (counts[standing] ?? 0);
  };
  const choose = (standing: Standing, event: MouseEvent) => {
    const others = event.shiftKey ? chosen.filter((other) => other !== standing) : [];
    onChoose(chosen.includes(standing) && (event.shiftKey || chosen.length === 1) ? others : [...others, standing]);
  };
  const instant = isLatest && isToday ? t("counters.now") : t("counters.at", { time: wallClock(board, offsetMs) });
  return (
    <section className="counters" role="group" aria-label={t("counters.label")}>
      {STANDINGS.map((standing) => (
        <Counter
          key={standing} standing={standing} count={countOf(standing)} isChosen={chosen.includes(standing)}
          onPress={(event) => choose(standing, event)}
        />
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

interface CounterProps {
  readonly standing: Standing;
  /** Null where it cannot be told. */
  readonly count: number | null;
  readonly isChosen: boolean;
  readonly onPress: (event: MouseEvent) => void;
}

function Counter({ standing, count, isChosen, onPress }: CounterProps) {
  const { t } = useTranslation();
  const key = standingKey(standing);
  const only = t("counters.only", { state: t(`state.${key}`) });
  return (
    <button
      type="button" className="counter" aria-pressed={isChosen} data-state={key} onClick={onPress}
      title={standing === LONG_BREAK ? `${only}. ${t("counters.longBreakHint")}` : only}
    >
      <Swatch look={key} />
      <span className="counter-name">{t(`state.${key}`)}</span>
      <strong className={standing === LONG_BREAK && count !== null && count > 0 ? "standing-out" : undefined}>
        {count ?? "–"}
      </strong>
    </button>
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
