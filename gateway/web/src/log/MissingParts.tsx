import { useTranslation } from "react-i18next";
import { epochMs, type Board } from "../board/model";
import type { Heatmap_MissingPart as MissingPart } from "../gen/muster/gateway/v1/board_service_pb";
import { useInstant } from "./useInstant";

interface MissingPartsProps {
  readonly board: Board;
  readonly parts: readonly MissingPart[];
  readonly onRetry: () => void;
}

const PART_KEYS: Readonly<Record<string, "log.timeline" | "log.title" | "log.shifts" | "log.contacts">> = {
  timeline: "log.timeline", log: "log.title", shifts: "log.shifts", contacts: "log.contacts",
};

/** Which parts of the day could not be had: why, and since when. */
export function MissingParts({ board, parts, onRetry }: MissingPartsProps) {
  const { t } = useTranslation();
  const instant = useInstant(board);
  if (parts.length === 0) return null;
  const nameOf = (part: string) => (PART_KEYS[part] === undefined ? part : t(PART_KEYS[part]));
  const whyOf = ({ permission, sinceTime, reason }: MissingPart) => {
    if (permission !== "") return t("log.missingPermission", { permission });
    const sinceMs = epochMs(sinceTime);
    return sinceMs === null ? t("log.missing", { reason }) : t("log.missingSince", { reason, time: instant(sinceMs) });
  };
  return (
    <section className="log-section" role="status">
      <ul className="missing">
        {parts.map((part) => <li key={part.part}><strong>{nameOf(part.part)}</strong>: {whyOf(part)}</li>)}
      </ul>
      {parts.some(({ permission }) => permission === "") && (
        <button type="button" className="button" onClick={onRetry}>{t("page.retry")}</button>
      )}
    </section>
  );
}
