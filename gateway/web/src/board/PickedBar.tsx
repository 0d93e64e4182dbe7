import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { Swatch } from "../ui/Swatch";
import { formatDuration } from "./clock";
import { totalsWithin } from "./facts";
import { stateAt } from "./instant";
import type { Board, BoardRow } from "./model";
import { stateKey, STATES } from "./states";
import { State } from "../gen/muster/presence/v1/state_pb";

interface PickedBarProps {
  readonly board: Board;
  readonly picked: readonly BoardRow[];
  readonly latestMs: number;
  readonly onOpen: (agent: string) => void;
  readonly onClear: () => void;
}

/** How the people who are picked together stand, and what can be done with them. */
export function PickedBar({ board, picked, latestMs, onOpen, onClear }: PickedBarProps) {
  const { t } = useTranslation();
  const counts = STATES.map((state) => ({
    key: stateKey(state), count: picked.filter((row) => stateAt(row, latestMs) === state).length,
  })).filter(({ count }) => count > 0);
  const busyMs = picked.reduce((sum, row) => sum + (totalsWithin(row, 0, latestMs)[State.BUSY] ?? 0), 0);
  const first = picked[0];
  return (
    <section className="picked-bar" role="region" aria-label={t("picked.label")}>
      <strong>{t("counters.people", { count: picked.length })}</strong>
      <span className="picked-counts">
        {counts.map(({ key, count }) => (
          <span key={key} title={t(`state.${key}`)}><Swatch look={key} />{t(`state.${key}`)} {count}</span>
        ))}
        {board.missingParts.length === 0 && <span className="muted">{t("picked.busy", { time: formatDuration(busyMs) })}</span>}
      </span>
      {picked.length === 1 && first !== undefined && (
        <button type="button" className="button" onClick={() => onOpen(first.agent)}>{t("tip.open")}</button>
      )}
      <button type="button" className="icon-button" aria-label={t("picked.clear")} title={t("picked.clear")} onClick={onClear}>
        <Icon name="close" />
      </button>
    </section>
  );
}
