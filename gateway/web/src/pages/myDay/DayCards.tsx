import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "../../api/accounts";
import type { AgentDay } from "../../api/myDay";
import type { Problem } from "../../api/problem";
import { epochMs } from "../../board/model";
import { useNow } from "../../board/useNow";
import { usePolicy } from "../../board/useReasonNames";
import { ContactsCard } from "./ContactsCard";
import { DayCard } from "./DayCard";
import { LooksCard } from "./LooksCard";
import { awayReasons } from "./model/buttons";
import { contactLines } from "./model/contacts";
import { piecesOf } from "./model/pieces";
import { shiftsOf } from "./model/strip";
import { ProtectionCard } from "./ProtectionCard";
import { RecapCard } from "./RecapCard";
import { RecordCard } from "./RecordCard";
import { ShiftCard } from "./ShiftCard";
import { StateCard } from "./StateCard";
import { TimesCard } from "./TimesCard";
import { useClock } from "./useClock";

interface DayCardsProps {
  readonly account: Account;
  readonly day: AgentDay;
  /** Why the last refresh failed; the day is then the one of before. */
  readonly problem: Problem | null;
  readonly onRetry: () => void;
}

/** Everything of the day, part by part. */
export function DayCards({ account, day, problem, onRetry }: DayCardsProps) {
  const policy = usePolicy(day.site);
  const nowMs = useServerNow(day);
  const away = useMemo(() => awayReasons(policy), [policy]);
  const pieces = piecesOf(day, Math.min(nowMs, epochMs(day.endTime) ?? nowMs), away);
  const shifts = useMemo(() => shiftsOf(day), [day]);
  const contacts = useMemo(() => contactLines(day), [day]);
  const may = (permission: string) => account.permissions.includes(permission);
  const isMissing = (part: string) => day.missing.some((missing) => missing.part === part);
  return (
    <>
      <DayNotices day={day} problem={problem} onRetry={onRetry} />
      <div className="cards">
        <StateCard
          day={day} pieces={pieces} policy={policy} nowMs={nowMs} mayReport={may("presence.states.report")}
          mayExtend={may("presence.wrap_up.extend")} isMissing={isMissing("timeline")} onChanged={onRetry}
        />
        <DayCard day={day} pieces={pieces} shifts={shifts} nowMs={nowMs} />
        <TimesCard pieces={pieces} />
        <ShiftCard day={day} shifts={shifts} isMissing={isMissing("shifts")} />
        <ContactsCard day={day} lines={contacts} isMissing={isMissing("contacts")} />
        <RecapCard day={day} pieces={pieces} contacts={contacts} shifts={shifts} nowMs={nowMs} />
        {may("audit.looks.read") && <LooksCard day={day} />}
        {may("protection.profiles.read") && <ProtectionCard day={day} mayConfirm={may("protection.profiles.confirm")} />}
        {may("presence.receipts.read") && <RecordCard day={day} />}
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

function DayNotices({ day, problem, onRetry }: Omit<DayCardsProps, "account">) {
  const { t } = useTranslation();
  const clock = useClock(day.timeZone);
  const missing = day.missing.filter(({ permission }) => permission === "");
  if (problem === null && missing.length === 0) return null;
  const since = Math.min(...missing.map((part) => epochMs(part.sinceTime) ?? epochMs(day.serverTime) ?? 0));
  return (
    <div className="notice alert" role="alert">
      <p>
        {problem !== null
          ? <>{t("page.refreshFailed", { time: clock(epochMs(day.serverTime) ?? 0) })} <code>{problem.code}</code></>
          : t("myDay.partial", { parts: missing.map(({ part }) => t(`myDay.part.${part}` as "myDay.part.log")).join(", "), time: clock(since) })}
      </p>
      <button type="button" className="button" onClick={onRetry}>{t("page.retry")}</button>
    </div>
  );
}
