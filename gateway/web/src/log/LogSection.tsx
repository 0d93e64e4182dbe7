import { useTranslation } from "react-i18next";
import type { Board } from "../board/model";
import type { ListStateLogResponse } from "../gen/muster/presence/v1/presence_service_pb";
import type { AgentTimeline_Interval as Interval } from "../gen/muster/presence/v1/timeline_service_pb";
import { LogTable } from "./LogTable";
import { logLines } from "./lines";
import { useLogPages } from "./useAgentDay";

interface LogSectionProps {
  readonly board: Board;
  readonly site: string;
  readonly agent: string;
  readonly firstPage: ListStateLogResponse;
  /** When it was read, by the server's clock. */
  readonly readMs: number | null;
  readonly intervals: readonly Interval[] | null;
  readonly latestMs: number;
  readonly highlightMs: number | null;
}

/** The switch log: each entry, and how long it held. */
export function LogSection({ board, site, agent, firstPage, readMs, intervals, latestMs, highlightMs }: LogSectionProps) {
  const { t } = useTranslation();
  const { pages, hasMore, isLoading, loadMore } = useLogPages(board, agent, firstPage, readMs);
  const lines = logLines(board, pages, latestMs, !hasMore);
  return (
    <section className="log-section" aria-label={t("log.title")}>
      <h3>{t("log.title")}</h3>
      {lines.length === 0 && <p className="muted">{t("log.empty")}</p>}
      {lines.length > 0 && (
        <LogTable board={board} site={site} lines={lines} intervals={intervals} highlightMs={highlightMs} />
      )}
      {hasMore && (
        <button type="button" className="button" disabled={isLoading} onClick={loadMore}>{t("log.more")}</button>
      )}
    </section>
  );
}
