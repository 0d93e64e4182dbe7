import { useTranslation } from "react-i18next";
import type { LiveBoardView } from "./useLiveBoard";
import { useAge } from "./useAge";

const LONG_AGO_MS = 2 * 86_400_000;

/** Says whether the board is live and how old the newest change is; when it is not, since when, and how to retry. */
export function LiveIndicator({ liveBoard, now }: { readonly liveBoard: LiveBoardView; readonly now: number }) {
  const { t, i18n } = useTranslation();
  const age = useAge();
  const { connection, newestChangeMs, lastSignalMs, board, retry } = liveBoard;
  const skewMs = board?.skewMs ?? 0;
  const lastChange = (changeMs: number) => {
    const ageMs = now + skewMs - changeMs;
    if (ageMs < LONG_AGO_MS) return t("live.last", { age: age(ageMs) });
    const format = new Intl.DateTimeFormat(i18n.language, { timeZone: board?.timeZone ?? "UTC", dateStyle: "medium" });
    return t("live.lastOn", { day: format.format(changeMs) });
  };
  let detail = "";
  if (connection === "live") {
    detail = newestChangeMs === null ? t("live.none") : lastChange(newestChangeMs);
  } else if (connection === "broken" && lastSignalMs > 0) {
    detail = t("live.stale", { age: age(now - lastSignalMs) });
  }
  return (
    <div className={`live ${connection}`} title={detail}>
      <span className="live-dot" aria-hidden="true" />
      <span role="status" className="live-name">{t(`live.${connection}`)}</span>
      {detail !== "" && <span className="live-age">{detail}</span>}
      {connection === "broken" && (
        <button type="button" className="button small" onClick={retry}>{t("live.retry")}</button>
      )}
    </div>
  );
}
