import { Button, InputNumber, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BreakReason_ReasonClass, type BreakReason } from "../../../gen/muster/presence/v1/policy_service_pb";
import { getPolicyVersion, type PresencePolicy } from "../../../api/rules";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { nameIn } from "../kit/names";
import { useInstants } from "../kit/useInstants";
import { SiteChoice, useChosenSite } from "../people/SiteChoice";
import type { SectionProps } from "../sections";
import { useText } from "../text";
import { PolicyForm } from "./PolicyForm";

/** By which rules states of a site are judged: reasons of breaks, whose word counts, wrap-up, silence. */
export default function PresenceSection({ may }: SectionProps) {
  const t = useText();
  const instant = useInstants();
  const site = useChosenSite();
  const [version, setVersion] = useState(0);
  const [isEdited, setEdited] = useState(false);
  const policy = useLoaded<PresencePolicy>(["policy", site ?? "", String(version)], (signal) => getPolicyVersion(site ?? "", version, signal), site !== undefined);
  const inForce = useLoaded<PresencePolicy>(["policy", site ?? "", "0"], (signal) => getPolicyVersion(site ?? "", 0, signal), site !== undefined);
  const newest = Number(inForce.data?.version ?? 0n);
  return (
    <>
      <Section
        title={t("sections.presence")} lead={t("presence.lead")} loaded={policy}
        actions={
          <>
            <SiteChoice site={site} />
            <InputNumber
              aria-label={t("presence.version")} prefix={t("presence.version")} min={1} max={Math.max(newest, 1)} precision={0}
              value={version === 0 ? newest : version} disabled={newest < 2} onChange={(wanted) => setVersion(wanted === newest ? 0 : (wanted ?? 0))}
            />
            {may("presence.policy.write") && <Button type="primary" disabled={version !== 0 || inForce.data === undefined} onClick={() => setEdited(true)}>{t("kit.change")}</Button>}
          </>
        }
      >
        {(shown) => (
          <>
            <p className="muted">
              {shown.version === 0n ? t("presence.defaults") : t("presence.setBy", { author: shown.author, time: instant(shown.startTime) })}
            </p>
            <h3>{t("presence.reasons")}</h3>
            <Reasons reasons={shown.breakReasons} />
            <dl className="facts">
              <dt>{t("presence.ranks")}</dt><dd>{shown.precedence.length}</dd>
              <dt>{t("presence.wrapUpRules")}</dt><dd>{shown.wrapUpRules.length}</dd>
              <dt>{t("presence.leases")}</dt><dd>{shown.leaseRules.length}</dd>
            </dl>
          </>
        )}
      </Section>
      {isEdited && site !== undefined && inForce.data !== undefined && <PolicyForm site={site} policy={inForce.data} onClose={() => setEdited(false)} />}
    </>
  );
}

function Reasons({ reasons }: { readonly reasons: readonly BreakReason[] }) {
  const t = useText();
  const { i18n } = useTranslation();
  const columns: TableColumnsType<BreakReason> = [
    {
      title: t("field.displayName"), key: "name",
      render: (_, { code, displayNames }) => <><strong>{nameIn(displayNames, i18n.language, code)}</strong> <span className="muted">{code}</span></>,
    },
    { title: t("presence.class"), key: "class", render: (_, { reasonClass }) => t(`presence.${classKey(reasonClass)}`) },
    { title: t("presence.counts"), key: "counts", render: (_, { paid, countsAsBreak }) => <>{paid && <Tag>{t("presence.paid")}</Tag>}{countsAsBreak && <Tag>{t("presence.countsAsBreak")}</Tag>}</> },
    { title: t("presence.longest"), key: "longest", render: (_, { longest }) => longest && `${Number(longest.seconds)} ${t("field.seconds")}` },
  ];
  return <Rows label={t("presence.reasons")} rows={reasons} columns={columns} keyOf={(reason) => reason.code} />;
}

const CLASS_KEYS = { [BreakReason_ReasonClass.REST]: "rest", [BreakReason_ReasonClass.WORK_AWAY]: "workAway", [BreakReason_ReasonClass.MISSED_OFFER]: "missedOffer", [BreakReason_ReasonClass.TECHNICAL]: "technical", [BreakReason_ReasonClass.UNSPECIFIED]: "unlisted" } as const;

function classKey(reasonClass: BreakReason_ReasonClass) {
  return CLASS_KEYS[reasonClass] ?? "unlisted";
}
