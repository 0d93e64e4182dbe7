import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";
import { idOf } from "../app/view";
import { formatDay } from "../board/day";
import { epochMs, type Board } from "../board/model";
import { dayAt } from "../board/steps";
import type { AgentDay } from "../gen/muster/gateway/v1/board_service_pb";
import { Icon } from "../ui/Icon";
import { ContactList } from "./ContactList";
import { LogSection } from "./LogSection";
import { MissingParts } from "./MissingParts";
import { PurposeForm } from "./PurposeForm";
import { ReceiptButton } from "./ReceiptButton";
import { sharesAt } from "./shares";
import { ShiftFacts } from "./ShiftFacts";
import { TimeShares } from "./TimeShares";
import { useAgentDay } from "./useAgentDay";

interface LogDrawerProps {
  readonly board: Board;
  readonly agent: string;
  readonly latestMs: number;
  /** The instant whose entry is to be seen; null for none. */
  readonly highlightMs: number | null;
  /** When the newest report of the agent occurred. */
  readonly newestChangeMs: number | null;
  /** Whoever looks may have receipts. */
  readonly hasReceipts: boolean;
  readonly onClose: () => void;
}

/** One agent's day beside the board, which stays live: times, shift, log with its proof, contacts, receipt. */
export default function LogDrawer(props: LogDrawerProps) {
  const { board, agent, onClose } = props;
  const { t, i18n } = useTranslation();
  const day = useAgentDay(board, agent, props.newestChangeMs);
  const retry = () => void day.refetch();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const name = board.rows[board.rowOf.get(agent) ?? -1]?.name ?? (day.data?.displayName || idOf(agent));
  return (
    <aside
      className="log" aria-labelledby="log-title" aria-busy={day.isPending}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <header>
        <div>
          <h2 id="log-title" tabIndex={-1} ref={heading}>{name}</h2>
          {board.day !== null && <p>{formatDay(board.day, i18n.language)}</p>}
        </div>
        <button
          type="button" className="icon-button" aria-label={t("log.close")} title={`${t("log.close")}  Esc`}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {day.isError && <LogProblem error={day.error} person={agent} name={name} onRetry={retry} />}
      {day.data !== undefined && !day.isError && <DayBody {...props} day={day.data} onRetry={retry} />}
    </aside>
  );
}

interface DayBodyProps extends LogDrawerProps {
  readonly day: AgentDay;
  readonly onRetry: () => void;
}

function DayBody({ board, agent, day, latestMs, highlightMs, hasReceipts, onRetry }: DayBodyProps) {
  const { t } = useTranslation();
  const isMissing = (part: string) => day.missing.some((missing) => missing.part === part);
  const readMs = epochMs(day.serverTime);
  return (
    <div className="log-scroll" tabIndex={0} role="region" aria-label={t("log.day")}>
      <TimeShares site={day.site} shares={sharesAt(day, board.startMs + latestMs)} />
      <MissingParts board={board} parts={day.missing} onRetry={onRetry} />
      {!isMissing("shifts") && <ShiftFacts board={board} day={day} />}
      {day.log !== undefined && (
        <LogSection
          board={board} site={day.site} agent={agent} firstPage={day.log} readMs={readMs}
          intervals={day.timeline?.intervals ?? null} latestMs={latestMs} highlightMs={highlightMs}
        />
      )}
      {day.contacts !== undefined && <ContactList board={board} agent={agent} firstPage={day.contacts} readMs={readMs} />}
      {hasReceipts && (
        <ReceiptButton agent={agent} day={board.day ?? dayAt(board, board.startMs + latestMs)} zone={board.timeZone} />
      )}
    </div>
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
