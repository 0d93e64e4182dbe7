import { useTranslation } from "react-i18next";
import { formatDuration } from "../../board/clock";
import type { PaintKey } from "../../board/paints";
import { Swatch } from "../../ui/Swatch";
import { Card } from "./Card";
import { lookTimes, type Piece } from "./model/pieces";

interface TimesCardProps {
  readonly pieces: readonly Piece[];
  /** States cannot be had. */
  readonly isMissing: boolean;
}

/** How long and how often she was in each state; the shares are of the time on duty. */
export function TimesCard({ pieces, isMissing }: TimesCardProps) {
  const { t, i18n } = useTranslation();
  const times = lookTimes(pieces);
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  return (
    <Card title={t("myDay.times")} name="times">
      {times.length === 0 ? <p className="muted">{t(isMissing ? "myDay.notHad" : "myDay.nothingYet")}</p> : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("log.state")}</th>
              <th scope="col">{t("myDay.how.often")}</th>
              <th scope="col">{t("log.duration")}</th>
              <th scope="col">{t("myDay.how.share")}</th>
            </tr>
          </thead>
          <tbody>
            {times.map(({ look, count, milliseconds, share }) => (
              <tr key={look}>
                <th scope="row"><Swatch look={look} /> {nameOf(look)}</th>
                <td>{count}</td>
                <td>{formatDuration(milliseconds)}</td>
                <td>{share === null ? "" : percent.format(share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );

  function nameOf(look: PaintKey): string {
    if (look === "away") return t("myDay.away");
    if (look === "spare") return `${t("state.busy")} (${t("mark.spare")})`;
    return look === "inferred" ? `${t("state.online")} (${t("mark.inferred")})` : t(`state.${look}`);
  }
}
