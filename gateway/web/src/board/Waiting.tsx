import { useTranslation } from "react-i18next";
import { formatDuration } from "./clock";
import type { WaitingSum } from "./waiting";

interface WaitingProps {
  readonly sum: WaitingSum;
  /** The server's clock. */
  readonly serverMs: number;
}

/** Who waits, how long already, and how the day went so far. */
export function Waiting({ sum, serverMs }: WaitingProps) {
  const { t, i18n } = useTranslation();
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  return (
    <dl className="waiting" aria-label={t("waiting.label")}>
      <div><dt>{t("waiting.waiting")}</dt><dd>{sum.waiting}</dd></div>
      {sum.oldestMs !== null && (
        <div><dt>{t("waiting.oldest")}</dt><dd>{formatDuration(serverMs - sum.oldestMs)}</dd></div>
      )}
      {sum.serviceLevel !== null && (
        <div title={t("waiting.levelHint")}><dt>{t("waiting.level")}</dt><dd>{percent.format(sum.serviceLevel)}</dd></div>
      )}
    </dl>
  );
}
