import { Button, type TableColumnsType } from "antd";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { applyQueue, listQueues, wireOfQueue, type Queue, type Wire } from "../../../api/rules";
import { DurationField } from "../kit/DurationField";
import { EditDrawer } from "../kit/EditDrawer";
import { ChoiceField, IdField, NamesField, SwitchField } from "../kit/fields";
import { RowActions } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { filledNames, idOf, nameIn } from "../kit/names";
import { SiteChoice, useChosenSite } from "../people/SiteChoice";
import type { SectionProps } from "../sections";
import { useText } from "../text";

const FORMULAS = {
  "of_offered.v1": "ofOffered", "of_offered_without_short_abandons.v1": "ofOfferedWithoutShort", "of_answered.v1": "ofAnswered",
  "of_offered_short_abandons_in_time.v1": "ofOfferedShortInTime",
} as const;

/** Where contacts wait, and by which target and formula their service level is figured. */
export default function QueuesSection({ may }: SectionProps) {
  const t = useText();
  const { i18n } = useTranslation();
  const site = useChosenSite();
  const [edited, setEdited] = useState<Queue | "new" | null>(null);
  const queues = useLoaded<Queue[]>(["queues", site ?? ""], (signal) => listQueues(site ?? "", signal), site !== undefined);
  const mayWrite = may("dispatch.queues.write");
  const nameOf = (queue: Queue) => nameIn(queue.displayNames, i18n.language, idOf(queue.name));
  const columns: TableColumnsType<Queue> = [
    { title: t("field.displayName"), key: "name", render: (_, queue) => <><strong>{nameOf(queue)}</strong> <span className="muted">{idOf(queue.name)}</span></> },
    { title: t("queues.target"), key: "target", render: (_, { target }) => target && `${durationMs(target) / 1000} ${t("field.seconds")}` },
    { title: t("queues.formula"), key: "formula", render: (_, queue) => <span title={queue.serviceLevelPolicy}>{t(`queues.${formulaKey(queue)}`)}</span> },
    {
      title: t("kit.actions"), key: "actions",
      render: (_, queue) => mayWrite && <RowActions of={nameOf(queue)} actions={[{ label: t("kit.change"), run: () => setEdited(queue) }]} />,
    },
  ];
  return (
    <>
      <Section
        title={t("sections.queues")} lead={t("queues.lead")} loaded={queues} emptyText={(rows) => (rows.length > 0 ? null : t("queues.empty"))}
        actions={<><SiteChoice site={site} />{mayWrite && <Button type="primary" onClick={() => setEdited("new")}>{t("queues.create")}</Button>}</>}
      >
        {(rows) => <Rows label={t("sections.queues")} rows={rows} columns={columns} keyOf={(queue) => queue.name} />}
      </Section>
      {edited !== null && site !== undefined && <QueueForm queue={edited === "new" ? null : edited} site={site} onClose={() => setEdited(null)} />}
    </>
  );
}

function QueueForm({ queue, site, onClose }: { readonly queue: Queue | null; readonly site: string; readonly onClose: () => void }) {
  const t = useText();
  const save = ({ id, displayNames, ...rest }: Wire) =>
    applyQueue({ name: `${site}/queues/${String(id)}`, ...rest, displayNames: filledNames((displayNames ?? {}) as Record<string, string>) });
  const initial: Wire = queue === null ? { serviceLevelPolicy: "of_offered.v1" } : { ...wireOfQueue(queue), id: idOf(queue.name) };
  const channels = (["CALL", "CHAT", "MAIL"] as const).map((channel) => ({ value: `CHANNEL_${channel}`, label: t(`queues.channel${channel}`) }));
  const formulas = Object.entries(FORMULAS).map(([value, key]) => ({ value, label: t(`queues.${key}`) }));
  return (
    <EditDrawer<Wire> title={queue === null ? t("queues.create") : idOf(queue.name)} initial={initial} onSave={save} onClose={onClose}>
      {queue === null && <IdField name="id" label={t("field.id")} />}
      <NamesField name="displayNames" label={t("field.names")} hint={t("field.namesHint")} />
      <ChoiceField name="channel" label={t("queues.channel")} isOptional options={channels} />
      <DurationField name="target" label={t("queues.target")} hint={t("queues.targetHint")} />
      <ChoiceField name="serviceLevelPolicy" label={t("queues.formula")} options={formulas} />
      <DurationField name="shortAbandon" label={t("queues.shortAbandon")} hint={t("queues.shortAbandonHint")} />
      <SwitchField name="includesOtherLeavers" label={t("queues.otherLeavers")} hint={t("queues.otherLeaversHint")} />
      <DurationField name="longestWait" label={t("queues.longestWait")} hint={t("queues.longestWaitHint")} />
    </EditDrawer>
  );
}

function formulaKey({ serviceLevelPolicy }: Queue) {
  return FORMULAS[serviceLevelPolicy as keyof typeof FORMULAS] ?? "ofOffered";
}
