import { useTranslation } from "react-i18next";
import { formatDuration } from "../board/clock";
import { stateKey } from "../board/states";
import { useReasonNames } from "../board/useReasonNames";
import { State } from "../gen/muster/presence/v1/state_pb";
import { Swatch } from "../ui/Swatch";
import type { Share } from "./shares";

interface TimeSharesProps {
  readonly site: string;
  readonly shares: readonly Share[];
}

/** How long the agent was in each state; what nobody observed is told, but is no part of the bar. */
export function TimeShares({ site, shares }: TimeSharesProps) {
  const { t, i18n } = useTranslation();
  const reasonName = useReasonNames(site);
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  return (
    <section className="shares" aria-label={t("log.share")}>
      <div className="shares-bar" aria-hidden="true">
        {shares.filter(({ state }) => state !== State.UNOBSERVED).map(({ state, ms }) => (
          <span
            key={state} className={stateKey(state)}
            ref={(element) => element?.style.setProperty("flex-grow", String(ms))}
          />
        ))}
      </div>
      <dl>
        {shares.map(({ state, ms, ratio, reasons, spareMs }) => (
          <div key={state}>
            <dt><Swatch look={stateKey(state)} />{t(`state.${stateKey(state)}`)}</dt>
            <dd>{formatDuration(ms)} <span className="muted">{percent.format(ratio)}</span></dd>
            {spareMs > 0 && <dd className="shares-reason">{t("mark.spare")} {formatDuration(spareMs)}</dd>}
            {reasons.map((reason) => (
              <dd key={reason.reason} className="shares-reason">
                {reasonName(reason.reason)} {formatDuration(reason.ms)}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}
