import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { formatDuration } from "../../board/clock";
import { activityKey, markKeys, stateKey } from "../../board/states";
import { useReasonNames } from "../../board/useReasonNames";
import { Swatch } from "../../ui/Swatch";
import { Card } from "./Card";
import type { Piece } from "./model/pieces";
import { stripSpan, type OwnShift } from "./model/strip";
import { Strip } from "./Strip";
import { useSpan } from "./useClock";

interface DayCardProps {
  readonly day: AgentDay;
  readonly pieces: readonly Piece[];
  readonly shifts: readonly OwnShift[];
  readonly nowMs: number;
  /** States cannot be had. */
  readonly isMissing: boolean;
}

/** Her day on one line, exact to the pixel, and in words below. */
export function DayCard({ day, pieces, shifts, nowMs, isMissing }: DayCardProps) {
  const { t } = useTranslation();
  const told = pieces.filter(({ look }) => look !== "unobserved");
  return (
    <Card title={t("myDay.timeline")} name="day">
      <Strip span={stripSpan(day, pieces, shifts)} pieces={pieces} shifts={shifts} nowMs={nowMs} timeZone={day.timeZone} />
      {told.length === 0
        ? <p className="muted">{t(isMissing ? "myDay.notHad" : "myDay.nothingYet")}</p>
        : (
          <details>
            <summary>{t("myDay.changes", { count: pieces.length })}</summary>
            <Changes site={day.site} pieces={pieces} timeZone={day.timeZone} />
          </details>
        )}
    </Card>
  );
}

function Changes({ site, pieces, timeZone }: { readonly site: string; readonly pieces: readonly Piece[]; readonly timeZone: string }) {
  const { t } = useTranslation();
  const span = useSpan(timeZone);
  const reasonName = useReasonNames(site);
  const factsOf = (piece: Piece) => {
    const activity = activityKey(piece.activity);
    return [
      piece.reason === "" ? "" : reasonName(piece.reason), activity === null ? "" : t(`activity.${activity}`),
      ...markKeys(piece.marks).map((mark) => t(`mark.${mark}`)), piece.source,
    ].filter((fact) => fact !== "").join(" · ");
  };
  return (
    <ol className="changes" tabIndex={0} aria-label={t("myDay.timeline")}>
      {pieces.toReversed().map((piece) => (
        <li key={piece.startMs}>
          <span className="changes-time">{span(piece)}</span>
          <span><Swatch look={piece.look} /> {t(`state.${stateKey(piece.state)}`)} <small>{factsOf(piece)}</small></span>
          <b>{formatDuration(piece.endMs - piece.startMs)}</b>
        </li>
      ))}
    </ol>
  );
}
