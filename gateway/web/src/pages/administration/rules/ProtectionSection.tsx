import { Alert, Button, Form, Input, type TableColumnsType } from "antd";
import { useState } from "react";
import { ProtectionRules_HistoryAudience } from "../../../gen/muster/gateway/v1/protection_service_pb";
import {
  getProtection, listProtectionVersions, listRuleSets, setProtection, type ProtectionProfile, type ProtectionRules, type ProtectionRuleSet,
} from "../../../api/rules";
import { EditDrawer } from "../kit/EditDrawer";
import { ChoiceField, TextField } from "../kit/fields";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { useInstants } from "../kit/useInstants";
import { dayOf } from "../people/rosterModel";
import { SiteChoice, useChosenSite } from "../people/SiteChoice";
import type { SectionProps } from "../sections";
import { useText } from "../text";

/** How the people of a site are protected: what was agreed, by whom, since when. */
export default function ProtectionSection({ may }: SectionProps) {
  const t = useText();
  const site = useChosenSite();
  const [isEdited, setEdited] = useState(false);
  const profile = useLoaded<ProtectionProfile>(["protection", site ?? ""], (signal) => getProtection(site ?? "", signal), site !== undefined);
  const versions = useLoaded<ProtectionProfile[]>(["protectionVersions", site ?? ""], (signal) => listProtectionVersions(site ?? "", signal), site !== undefined);
  return (
    <>
      <Section
        title={t("sections.protection")} lead={t("protection.lead")} loaded={profile}
        actions={<><SiteChoice site={site} />{may("protection.profiles.write") && <Button type="primary" disabled={profile.data === undefined} onClick={() => setEdited(true)}>{t("protection.choose")}</Button>}</>}
      >
        {(shown) => (
          <>
            <h3>{t("protection.inForce")}</h3>
            {shown.rulesInForce !== undefined && <Rules rules={shown.rulesInForce} />}
            {shown.version === 0n ? <p>{t("protection.default")}</p> : <Agreement profile={shown} />}
            <h3>{t("protection.history")}</h3>
            <Versions profiles={versions.data ?? []} />
          </>
        )}
      </Section>
      {isEdited && profile.data !== undefined && <ProtectionForm profile={profile.data} onClose={() => setEdited(false)} />}
    </>
  );
}

function Agreement({ profile: { agreedBy, agreementDate, confirmedCount } }: { readonly profile: ProtectionProfile }) {
  const t = useText();
  return (
    <dl className="facts">
      <dt>{t("protection.agreedBy")}</dt><dd>{agreedBy}</dd>
      <dt>{t("protection.day")}</dt><dd>{dayOf(agreementDate)}</dd>
      <dt>{t("protection.confirmed")}</dt><dd>{t("protection.people", { count: confirmedCount })}</dd>
    </dl>
  );
}

/** Rules in plain words. */
function Rules({ rules }: { readonly rules: ProtectionRules }) {
  const t = useText();
  const isNarrow = rules.historyAudience !== ProtectionRules_HistoryAudience.SCOPE;
  return (
    <ul className="rules">
      <li>{t(isNarrow ? "protection.historyLead" : "protection.historyScope")}</li>
      <li>{t(rules.purposeRequired ? "protection.purpose" : "protection.noPurpose")}</li>
      <li>{t("protection.smallestGroup", { size: rules.smallestGroup })}</li>
      <li>{t(rules.personRanking ? "protection.ranking" : "protection.noRanking")}</li>
    </ul>
  );
}

function Versions({ profiles }: { readonly profiles: readonly ProtectionProfile[] }) {
  const t = useText();
  const instant = useInstants();
  const columns: TableColumnsType<ProtectionProfile> = [
    { title: t("presence.version"), key: "version", render: (_, { version }) => String(version) },
    { title: t("protection.ruleSet"), key: "ruleSet", render: (_, { ruleSet }) => ruleSet },
    { title: t("protection.since"), key: "since", render: (_, { effectiveTime }) => instant(effectiveTime) },
    { title: t("protection.agreedBy"), key: "agreedBy", render: (_, { agreedBy, agreementReference }) => [agreedBy, agreementReference].filter(Boolean).join(" · ") },
    { title: t("protection.author"), key: "author", render: (_, { author }) => author },
  ];
  return <Rows label={t("protection.history")} rows={profiles} columns={columns} keyOf={({ version }) => String(version)} />;
}

interface ProtectionValues {
  readonly ruleSet: string;
  readonly agreedBy: string;
  /** As `2026-11-22`. */
  readonly agreementDate: string;
  readonly agreementReference: string;
}

function ProtectionForm({ profile, onClose }: { readonly profile: ProtectionProfile; readonly onClose: () => void }) {
  const t = useText();
  const sets = useLoaded<ProtectionRuleSet[]>(["ruleSets"], listRuleSets);
  const save = ({ agreementDate, ...rest }: ProtectionValues) => {
    const [year = 0, month = 0, day = 0] = agreementDate.split("-").map(Number);
    return setProtection({ name: profile.name, version: String(profile.version), ...rest, agreementDate: { year, month, day } });
  };
  return (
    <EditDrawer<ProtectionValues>
      title={t("protection.choose")} onSave={save} onClose={onClose}
      initial={{ ruleSet: profile.ruleSet, agreedBy: profile.agreedBy, agreementDate: dayOf(profile.agreementDate), agreementReference: profile.agreementReference }}
    >
      {(form) => (
        <>
          <Alert type="warning" className="refusal" title={t("protection.chooseTitle")} description={t("protection.chooseConsequence")} />
          <ChoiceField name="ruleSet" label={t("protection.ruleSet")} options={(sets.data ?? []).map(({ id }) => ({ value: id, label: id }))} />
          <Form.Item noStyle shouldUpdate>
            {() => {
              const rules = sets.data?.find(({ id }) => id === form.getFieldValue("ruleSet"))?.rules;
              return rules !== undefined && <Rules rules={rules} />;
            }}
          </Form.Item>
          <TextField name="agreedBy" label={t("protection.agreedBy")} hint={t("protection.agreedByHint")} />
          <Form.Item name="agreementDate" label={t("protection.day")} rules={[{ required: true, message: t("field.required") }]}><Input type="date" /></Form.Item>
          <TextField name="agreementReference" label={t("protection.reference")} isOptional />
        </>
      )}
    </EditDrawer>
  );
}
