import { useTranslation } from "react-i18next";
import { stateKey } from "../../board/states";
import { formatDuration } from "../../board/clock";
import type { Piece } from "./model/pieces";
import { hourMarks, placeIn, type OwnShift, type Stretch } from "./model/strip";
import { useClock, useSpan } from "./useClock";

interface StripProps {
  readonly span: Stretch;
  readonly pieces: readonly Piece[];
  readonly shifts: readonly OwnShift[];
  readonly nowMs: number;
  readonly timeZone: string;
}

const MOST_LABELS = 12;

/** Exact intervals on one axis, the shift as an outline around them, and where now is. */
export function Strip({ span, pieces, shifts, nowMs, timeZone }: StripProps) {
  const { t } = useTranslation();
  const clock = useClock(timeZone);
  const spanText = useSpan(timeZone);
  const block = (stretch: Stretch, className: string, key: string, title = "") => {
    const place = placeIn(span, stretch);
    if (place === null) return null;
    return (
      <rect key={key} className={className} x={percent(place.from)} width={percent(place.length)}>
        {title !== "" && <title>{title}</title>}
      </rect>
    );
  };
  const now = placeIn(span, { startMs: nowMs, endMs: nowMs + 1 });
  return (
    <div className="strip">
      <svg role="img" aria-label={t("myDay.stripLabel", { span: spanText(span), count: pieces.length })}>
        <defs>
          <pattern id="strip-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
            <rect width="5" height="5" className="hatch-ground" />
            <rect width="5" height="1.2" className="hatch-line" />
          </pattern>
        </defs>
        {pieces.map((piece) => block(
          piece, `piece ${piece.look}`, `p${piece.startMs}`,
          `${t(`state.${stateKey(piece.state)}`)} ${spanText(piece)}, ${formatDuration(piece.endMs - piece.startMs)}`,
        ))}
        {shifts.map((shift) => block(shift, "planned", `s${shift.startMs}`))}
        {shifts.flatMap((shift) => shift.activities.map((activity) => block(activity, "planned-activity", `a${activity.startMs}`)))}
        {now !== null && <line className="strip-now" x1={percent(now.from)} x2={percent(now.from)} y1="0" y2="100%" />}
      </svg>
      <div className="strip-hours" aria-hidden="true">
        {hourMarks(span, MOST_LABELS).map((ms) => (
          <span key={ms} ref={(element) => element?.style.setProperty("left", percent((ms - span.startMs) / (span.endMs - span.startMs)))}>
            {clock(ms).slice(0, 2)}
          </span>
        ))}
      </div>
    </div>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(4)}%`;
}
