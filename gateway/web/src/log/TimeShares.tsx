import { useTranslation } from "react-i18next";
import { formatDuration } from "../board/clock";
import { totalsWithin } from "../board/facts";
import type { BoardRow } from "../board/model";
import { stateKey, STATES } from "../board/states";
import { State } from "../gen/muster/presence/v1/state_pb";
import { Swatch } from "../ui/Swatch";

/** How long the agent was in each state; what nobody observed is told, but is no part of the bar. */
export function TimeShares({ row, untilMs }: { readonly row: BoardRow; readonly untilMs: number }) {
  const { t } = useTranslation();
  const totals = totalsWithin(row, 0, untilMs);
  const known = STATES.filter((state) => (totals[state] ?? 0) > 0);
  return (
    <section className="shares" aria-label={t("log.share")}>
      <div className="shares-bar" aria-hidden="true">
        {known.filter((state) => state !== State.UNOBSERVED).map((state) => (
          <span
            key={state} className={stateKey(state)}
            ref={(element) => element?.style.setProperty("flex-grow", String(totals[state] ?? 0))}
          />
        ))}
      </div>
      <dl>
        {known.map((state) => (
          <div key={state}>
            <dt><Swatch look={stateKey(state)} />{t(`state.${stateKey(state)}`)}</dt>
            <dd>{formatDuration(totals[state] ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
