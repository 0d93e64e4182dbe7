import i18next from "i18next";
import { AT_WORK, sumOf, type Strips } from "./facts";
import { areaPath, linePath, passedBlocks } from "./paths";
import { useText } from "./text";

const HEIGHT = 100;

/** How many were at work since eight hours ago, and how many are planned up to four hours ahead. */
export function StaffingChart({ strips, zone }: { readonly strips: Strips; readonly zone: string }) {
  const t = useText();
  const whole = strips.groups[0];
  if (whole === undefined || whole.isSuppressed) return null;
  const width = whole.counts.length;
  const staffed = whole.counts.slice(0, passedBlocks(strips, width)).map((counts) => sumOf(counts, AT_WORK));
  const most = Math.max(1, ...staffed, ...(whole.planned ?? []));
  const now = ((strips.passedMs - strips.startMs) / (strips.endMs - strips.startMs)) * width;
  const clock = new Intl.DateTimeFormat(i18next.language, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <figure className="wall-chart">
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`${t("atWork")}, ${t("planned")}`}>
        <path className="area online" d={areaPath(staffed.map(() => 0), staffed, most, HEIGHT)} />
        {whole.planned !== null && <path className="plan" d={linePath(whole.planned, most, HEIGHT)} />}
        <line className="now" x1={now} x2={now} y1={0} y2={HEIGHT} />
      </svg>
      <figcaption>
        <span>{clock.format(strips.startMs)}</span>
        <span>{t("now")}</span>
        <span>{clock.format(strips.endMs)}</span>
      </figcaption>
    </figure>
  );
}
