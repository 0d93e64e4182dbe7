import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Command } from "../ui/PageState";
import { formatDay } from "./day";
import type { Board } from "./model";
import { useLabels } from "./useLabels";
import type { LiveBoardView } from "./useLiveBoard";

/** What is wrong with the board that is shown, each in one line with the action that helps. */
export function Notices({ liveBoard }: { readonly liveBoard: LiveBoardView }) {
  const { t, i18n } = useTranslation();
  const labels = useLabels(liveBoard.board);
  const { board, problem, retry, still } = liveBoard;
  if (board === null) return null;
  const retryButton = <button type="button" className="button" onClick={retry}>{t("page.retry")}</button>;
  const format = new Intl.DateTimeFormat(i18n.language, { timeZone: board.timeZone, timeStyle: "short", hourCycle: "h23" });
  // What somebody may not see is missing for good: it is told where it would stand, and is no trouble.
  const missing = board.missing.filter((part) => part.permission === "");
  const since = Math.min(...missing.map((part) => part.sinceMs ?? board.serverMs));
  return (
    <>
      {problem !== null && (
        <Notice kind="alert" action={retryButton}>
          {t("page.refreshFailed", { time: format.format(board.serverMs) })} <code>{problem.code}</code>
        </Notice>
      )}
      {still.size > 0 && (
        <Notice kind="alert" action={retryButton}>
          {board.sites.length > 1 && <strong>{[...still.keys()].map(labels.of).join(", ")}. </strong>}
          {t("live.still", { time: format.format(Math.min(...still.values()) + board.skewMs) })}
        </Notice>
      )}
      {missing.length > 0 && (
        <Notice kind="alert" action={retryButton}>
          {t("page.partial", { part: missing.map((part) => part.part).join(", "), time: format.format(since) })}
        </Notice>
      )}
      {board.missingParts.length === 0 && board.rows.length > 0 && <EmptyDay board={board} />}
    </>
  );
}

function EmptyDay({ board }: { readonly board: Board }) {
  const { t, i18n } = useTranslation();
  const [, changeView] = useView();
  if (board.rows.some((row) => row.starts.length > 0)) return null;
  if (board.lastDataDay === null) {
    return (
      <Notice kind="status" action={<Command>muster import calls calls.txt --mapping mapping.toml</Command>}>
        <strong>{t("page.noDataTitle")}.</strong> {t("page.noData")}
      </Notice>
    );
  }
  const day = formatDay(board.lastDataDay, i18n.language);
  const go = (
    <button type="button" className="button primary" onClick={() => changeView({ day: board.lastDataDay })}>
      {t("page.goNewest", { day })}
    </button>
  );
  return (
    <Notice kind="status" action={go}>
      <strong>{t("page.emptyDayTitle")}.</strong> {t("page.emptyDay", { day })}
    </Notice>
  );
}

interface NoticeProps {
  readonly kind: "alert" | "status";
  readonly children: ReactNode;
  readonly action: ReactNode;
}

function Notice({ kind, children, action }: NoticeProps) {
  return (
    <div className={`notice ${kind}`} role={kind}>
      <p>{children}</p>
      {action}
    </div>
  );
}
