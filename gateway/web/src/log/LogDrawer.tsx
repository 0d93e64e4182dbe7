import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";
import { listStateLog } from "../api/stateLog";
import { idOf } from "../app/view";
import { formatDay } from "../board/day";
import type { Board } from "../board/model";
import { Icon } from "../ui/Icon";
import { LogTable } from "./LogTable";
import { PurposeForm } from "./PurposeForm";
import { logLines } from "./lines";
import { TimeShares } from "./TimeShares";

interface LogDrawerProps {
  readonly board: Board;
  readonly agent: string;
  readonly latestMs: number;
  /** The instant whose entry is to be seen; null for none. */
  readonly highlightMs: number | null;
  /** When the newest report of the agent occurred. */
  readonly newestChangeMs: number | null;
  readonly onClose: () => void;
}

/** One agent's day: the time in each state and every entry of the log, beside the board, which stays live. */
export default function LogDrawer(props: LogDrawerProps) {
  const { board, agent, latestMs, onClose } = props;
  const { t, i18n } = useTranslation();
  const log = useInfiniteQuery({
    queryKey: ["log", agent, board.startMs, board.lengthMs],
    queryFn: ({ pageParam, signal }) =>
      listStateLog(agent, board.startMs, board.startMs + board.lengthMs, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || null,
  });
  const { refetch } = log;
  const { newestChangeMs } = props;
  const shown = useRef({ board, newestChangeMs });
  useEffect(() => {
    const before = shown.current;
    shown.current = { board, newestChangeMs };
    // A new snapshot of the day may hold a late report, which leaves the newest one where it is.
    const hasChanged = before.board !== board || before.newestChangeMs !== newestChangeMs;
    if (hasChanged && before.board.startMs === board.startMs) void refetch();
  }, [board, newestChangeMs, refetch]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  const row = board.rows[board.rowOf.get(agent) ?? -1];
  const lines = log.data === undefined ? [] : logLines(board, log.data.pages, latestMs, !log.hasNextPage);
  return (
    <aside
      className="log" aria-labelledby="log-title" aria-busy={log.isPending}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <header>
        <div>
          <h2 id="log-title" tabIndex={-1} ref={heading}>{row?.name ?? idOf(agent)}</h2>
          <p>{board.day === null ? t("log.title") : `${t("log.title")} · ${formatDay(board.day, i18n.language)}`}</p>
        </div>
        <button
          type="button" className="icon-button" aria-label={t("log.close")} title={`${t("log.close")}  Esc`}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {row !== undefined && <TimeShares row={row} untilMs={latestMs} />}
      {log.isError && (
        <LogProblem error={log.error} person={agent} name={row?.name ?? idOf(agent)} onRetry={() => void refetch()} />
      )}
      {log.data !== undefined && lines.length === 0 && <p className="log-note">{t("log.empty")}</p>}
      {lines.length > 0 && <LogTable board={board} lines={lines} highlightMs={props.highlightMs} />}
      {log.hasNextPage && (
        <button
          type="button" className="button" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}
        >
          {t("log.more")}
        </button>
      )}
    </aside>
  );
}

interface LogProblemProps {
  readonly error: unknown;
  readonly person: string;
  readonly name: string;
  readonly onRetry: () => void;
}

function LogProblem({ error, person, name, onRetry }: LogProblemProps) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const purposes = problem.wantedPurposes;
  if (purposes !== null) return <PurposeForm person={person} name={name} purposes={purposes} onSaid={onRetry} />;
  if (problem.status === 404) return <p className="log-note" role="alert">{t("log.unknown")}</p>;
  return (
    <div className="log-note" role="alert">
      <p>{t("log.failed")} <code>{problem.code}</code></p>
      <button type="button" className="button" onClick={onRetry}>{t("page.retry")}</button>
    </div>
  );
}
