import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "../../api/accounts";
import type { AgentDay } from "../../api/myDay";
import { asProblem, type Problem } from "../../api/problem";
import type { IsoDay } from "../../board/day";
import { epochMs } from "../../board/model";
import { useNow } from "../../board/useNow";
import type { PresencePolicy } from "../../gen/muster/presence/v1/policy_service_pb";
import { DayCards } from "./DayCards";
import { DayNotices } from "./DayNotices";
import { awayReasons } from "./model/buttons";
import { piecesOf } from "./model/pieces";
import { StateCard } from "./StateCard";
import { usePastDay } from "./useMyDay";

interface OwnDaysProps {
  readonly account: Account;
  readonly today: AgentDay;
  /** Why today could not be refreshed. */
  readonly problem: Problem | null;
  readonly policy: PresencePolicy | undefined;
  /** The day that is looked at instead of today. */
  readonly past: IsoDay | null;
  readonly onRetry: () => void;
}

/** What she is in now, which stays whatever day she looks at, and all of that day. */
export function OwnDays({ account, today, problem, policy, past, onRetry }: OwnDaysProps) {
  const { t } = useTranslation();
  const nowMs = useServerNow(today);
  const former = usePastDay(account.agent, past);
  const away = useMemo(() => awayReasons(policy), [policy]);
  const pieces = piecesOf(today, Math.min(nowMs, epochMs(today.endTime) ?? nowMs), away);
  const may = (permission: string) => account.permissions.includes(permission);
  const shown = past === null ? today : former.data;
  const retryFormer = () => void former.refetch();
  const retryAll = () => {
    onRetry();
    if (past !== null) retryFormer();
  };
  return (
    <>
      <DayNotices day={problem === null ? (shown ?? today) : today} problem={problem} onRetry={retryAll} />
      <div className="cards" aria-busy={shown === undefined}>
        <StateCard
          day={today} pieces={pieces} policy={policy} nowMs={nowMs} mayReport={may("presence.states.report")}
          mayExtend={may("presence.wrap_up.extend")} isMissing={today.missing.some(({ part }) => part === "timeline")}
          onChanged={onRetry}
        />
        {shown !== undefined && <DayCards account={account} day={shown} policy={policy} nowMs={nowMs} />}
        {shown === undefined && !former.isError && <div className="card card-day card-loading" role="status" aria-label={t("frame.loading")} />}
        {shown === undefined && former.isError && (
          <div className="card card-day" role="alert">
            <p>{t("myDay.failed")} <code>{asProblem(former.error).code}</code></p>
            <button type="button" className="button" onClick={retryFormer}>{t("page.retry")}</button>
          </div>
        )}
      </div>
    </>
  );
}

/** The server's clock, as this computer's goes on from the answer. */
function useServerNow(day: AgentDay): number {
  const now = useNow();
  const skew = useMemo(() => (epochMs(day.serverTime) ?? Date.now()) - Date.now(), [day]);
  return Math.max(now + skew, epochMs(day.serverTime) ?? 0);
}
