import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { epochMs } from "../../board/model";
import { logLines } from "../../log/lines";
import { LogTable } from "../../log/LogTable";
import { useLogPages } from "../../log/useAgentDay";
import type { ListStateLogResponse } from "../../gen/muster/presence/v1/presence_service_pb";
import { Card } from "./Card";
import { boardOf } from "./model/boardOf";

interface LogCardProps {
  readonly day: AgentDay;
  readonly firstPage: ListStateLogResponse;
  /** Up to where the day has passed, since 1970. */
  readonly untilMs: number;
}

/** Each entry about her as her supervisor reads it: who said it, which times were claimed, and what proves it. */
export function LogCard({ day, firstPage, untilMs }: LogCardProps) {
  const { t } = useTranslation();
  const board = useMemo(() => boardOf(day), [day]);
  const { pages, hasMore, isLoading, loadMore } = useLogPages(board, day.agent, firstPage, epochMs(day.serverTime));
  const lines = logLines(board, pages, untilMs - board.startMs, !hasMore);
  return (
    <Card title={t("log.title")} name="log" aside={!hasMore && <span>{t("log.entries", { count: lines.length })}</span>}>
      {lines.length === 0 ? <p className="muted">{t("log.empty")}</p> : (
        <details>
          <summary>{t("myDay.entries")}</summary>
          <div className="card-scroll" tabIndex={0} role="region" aria-label={t("log.title")}>
            <LogTable board={board} site={day.site} lines={lines} intervals={day.timeline?.intervals ?? null} highlightMs={null} />
          </div>
          {hasMore && <button type="button" className="button" disabled={isLoading} onClick={loadMore}>{t("log.more")}</button>}
        </details>
      )}
    </Card>
  );
}
