import { useMemo } from "react";
import type { Account } from "../../api/accounts";
import type { AgentDay } from "../../api/myDay";
import { epochMs } from "../../board/model";
import type { PresencePolicy } from "../../gen/muster/presence/v1/policy_service_pb";
import { AboutCard } from "./AboutCard";
import { ContactsCard } from "./ContactsCard";
import { DayCard } from "./DayCard";
import { LogCard } from "./LogCard";
import { LooksCard } from "./LooksCard";
import { awayReasons } from "./model/buttons";
import { contactLines } from "./model/contacts";
import { piecesOf } from "./model/pieces";
import { shiftsOf } from "./model/strip";
import { ProtectionCard } from "./ProtectionCard";
import { RecapCard } from "./RecapCard";
import { RecordCard } from "./RecordCard";
import { ShiftCard } from "./ShiftCard";
import { TimesCard } from "./TimesCard";
import { useContacts } from "./useContacts";

interface DayCardsProps {
  readonly account: Account;
  readonly day: AgentDay;
  readonly policy: PresencePolicy | undefined;
  readonly nowMs: number;
}

/** All that is known of a day, part by part. */
export function DayCards({ account, day, policy, nowMs }: DayCardsProps) {
  const away = useMemo(() => awayReasons(policy), [policy]);
  const untilMs = Math.min(nowMs, epochMs(day.endTime) ?? nowMs);
  const pieces = piecesOf(day, untilMs, away);
  const shifts = useMemo(() => shiftsOf(day), [day]);
  const { contacts, ...further } = useContacts(day);
  const lines = contactLines(contacts, day.agent);
  const may = (permission: string) => account.permissions.includes(permission);
  const isMissing = (part: string) => day.missing.some((missing) => missing.part === part);
  return (
    <>
      <DayCard day={day} pieces={pieces} shifts={shifts} nowMs={nowMs} isMissing={isMissing("timeline")} />
      <TimesCard pieces={pieces} isMissing={isMissing("timeline")} />
      <ShiftCard day={day} shifts={shifts} isMissing={isMissing("shifts")} />
      <ContactsCard day={day} lines={lines} isMissing={isMissing("contacts")} {...further} />
      <RecapCard
        day={day} pieces={pieces} contacts={further.isPartial ? null : lines} shifts={shifts} nowMs={nowMs}
        isMissing={isMissing("timeline")}
      />
      {day.log !== undefined && <LogCard day={day} firstPage={day.log} untilMs={untilMs} />}
      {may("audit.looks.read") && <LooksCard day={day} />}
      {may("protection.profiles.read") && <ProtectionCard day={day} mayConfirm={may("protection.profiles.confirm")} />}
      <AboutCard day={day} keptDays={policy?.stateLogRetentionDays} />
      {may("presence.receipts.read") && <RecordCard day={day} />}
    </>
  );
}
