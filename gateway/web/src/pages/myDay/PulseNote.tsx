import { useTranslation } from "react-i18next";
import { stateKey } from "../../board/states";
import type { Piece } from "./model/pieces";
import type { Pulse } from "./model/presence";
import { useClock } from "./useClock";

interface PulseNoteProps {
  /** What she had pressed before nobody heard of her pages; null while that is not so. */
  readonly lost: Piece | null;
  readonly isKept: boolean;
  readonly pulse: Pulse;
  readonly timeZone: string;
}

/** Whether what she pressed still holds: it does while this page is open and awake. */
export function PulseNote({ lost, isKept, pulse, timeZone }: PulseNoteProps) {
  const { t } = useTranslation();
  const clock = useClock(timeZone);
  if (lost !== null) {
    const state = t(`state.${stateKey(lost.state)}`);
    return <p className="note refused" role="alert">{t("myDay.lost", { time: clock(lost.endMs), state })}</p>;
  }
  if (!isKept) return null;
  if (pulse.isFailing) {
    return (
      <p className="note refused" role="alert">
        {pulse.heardMs === null ? t("myDay.unheard") : t("myDay.failing", { time: clock(pulse.heardMs, true) })}
      </p>
    );
  }
  if (pulse.leaseMs === null) return null;
  return <p className="muted pulse">{t("myDay.kept", { count: Math.round(pulse.leaseMs / 1000) })}</p>;
}
