import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { asProblem } from "../../api/problem";
import { confirmProtectionProfile, getProtectionProfile, type ProtectionProfile } from "../../api/protection";
import { epochMs } from "../../board/model";
import { ProtectionRules_HistoryAudience as Audience, type ProtectionRules } from "../../gen/muster/gateway/v1/protection_service_pb";
import { Card } from "./Card";

interface ProtectionCardProps {
  readonly day: AgentDay;
  readonly mayConfirm: boolean;
}

/** How her data is protected at her site, in plain words, and that she has read it. */
export function ProtectionCard({ day, mayConfirm }: ProtectionCardProps) {
  const { t } = useTranslation();
  const profile = useQuery({
    queryKey: ["protection", day.site], queryFn: ({ signal }) => getProtectionProfile(day.site, signal),
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ name, version }: ProtectionProfile) => confirmProtectionProfile(name, version),
    onSettled: () => profile.refetch(),
  });
  const problem = profile.error ?? error;
  return (
    <Card title={t("myDay.protection.title")} name="protection">
      {profile.isPending && <p className="muted" role="status">{t("frame.loading")}</p>}
      {profile.data?.rulesInForce !== undefined && <Rules rules={profile.data.rulesInForce} />}
      {profile.data !== undefined && <Agreement profile={profile.data} />}
      {profile.data !== undefined && mayConfirm && (
        <Confirmation profile={profile.data} isPending={isPending} onConfirm={() => mutate(profile.data)} />
      )}
      {problem !== null && <p className="note refused" role="alert">{t("myDay.failed")} <code>{asProblem(problem).code}</code></p>}
    </Card>
  );
}

function Rules({ rules }: { readonly rules: ProtectionRules }) {
  const { t } = useTranslation();
  return (
    <ul className="plain">
      <li>{t("myDay.protection.now")}</li>
      <li>{t(rules.historyAudience === Audience.SCOPE ? "myDay.protection.historyScope" : "myDay.protection.historyLead")}</li>
      <li>{t(rules.purposeRequired ? "myDay.protection.purpose" : "myDay.protection.noPurpose")}</li>
      <li>{t("myDay.protection.group", { count: rules.smallestGroup })}</li>
      <li>{t(rules.personRanking ? "myDay.protection.ranking" : "myDay.protection.noRanking")}</li>
      <li>{t(rules.namesOnWalls ? "myDay.protection.onWalls" : "myDay.protection.notOnWalls")}</li>
      <li>{t("myDay.protection.logged")}</li>
    </ul>
  );
}

function Agreement({ profile }: { readonly profile: ProtectionProfile }) {
  const { t } = useTranslation();
  if (profile.agreedBy === "") return <p className="muted">{t("myDay.protection.default")}</p>;
  return (
    <p className="muted">
      {t("myDay.protection.agreed", { version: String(profile.version), rules: profile.ruleSet, who: profile.agreedBy })}
    </p>
  );
}

interface ConfirmationProps {
  readonly profile: ProtectionProfile;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
}

function Confirmation({ profile, isPending, onConfirm }: ConfirmationProps) {
  const { t, i18n } = useTranslation();
  const confirmedMs = epochMs(profile.myConfirmTime);
  if (confirmedMs !== null) {
    const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }).format(confirmedMs);
    return <p role="status">✓ {t("myDay.protection.confirmed", { time })}</p>;
  }
  return (
    <button type="button" className="button primary" disabled={isPending} onClick={onConfirm}>
      {t("myDay.protection.confirm")}
    </button>
  );
}
