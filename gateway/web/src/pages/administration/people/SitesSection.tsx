import { Button, InputNumber, Form, type TableColumnsType } from "antd";
import { useState } from "react";
import { applyRow, type Site } from "../../../api/roster";
import { EditDrawer } from "../kit/EditDrawer";
import { ChoiceField, IdField, TextField } from "../kit/fields";
import { RowActions } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { idOf } from "../kit/names";
import type { SectionProps } from "../sections";
import { useText } from "../text";
import { clockOf, siteRow, siteValues, type SiteValues } from "./rosterModel";
import { useSites } from "./useRoster";

const ZONES = Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone }));

/** Places of work, each with one time zone and the hour at which its day begins. */
export default function SitesSection({ may }: SectionProps) {
  const t = useText();
  const [edited, setEdited] = useState<Site | "new" | null>(null);
  const sites = useSites();
  const columns: TableColumnsType<Site> = [
    { title: t("field.displayName"), key: "name", render: (_, { name, displayName }) => <><strong>{displayName}</strong> <span className="muted">{idOf(name)}</span></> },
    { title: t("places.zone"), key: "zone", render: (_, { timeZone }) => timeZone },
    { title: t("places.dayStart"), key: "start", render: (_, site) => clockOf(site.operatingDayStart) },
    {
      title: t("kit.actions"), key: "actions",
      render: (_, site) => may("roster.people.write") && <RowActions of={site.displayName} actions={[{ label: t("kit.change"), run: () => setEdited(site) }]} />,
    },
  ];
  return (
    <>
      <Section
        title={t("sections.sites")} lead={t("places.sitesLead")} loaded={sites}
        emptyText={(rows) => (rows.length > 0 ? null : t("places.noSites"))}
        actions={may("roster.people.write") && <Button type="primary" onClick={() => setEdited("new")}>{t("places.newSite")}</Button>}
      >
        {(rows) => <Rows label={t("sections.sites")} rows={rows} columns={columns} keyOf={(site) => site.name} />}
      </Section>
      {edited !== null && <SiteForm site={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function SiteForm({ site, onClose }: { readonly site: Site | null; readonly onClose: () => void }) {
  const t = useText();
  return (
    <EditDrawer<SiteValues>
      title={site?.displayName ?? t("places.newSite")} initial={siteValues(site)} onClose={onClose}
      onSave={(values) => applyRow("sites", siteRow(values))}
    >
      {site === null && <IdField name="id" label={t("field.id")} />}
      <TextField name="displayName" label={t("field.displayName")} />
      <ChoiceField name="timeZone" label={t("places.zone")} hint={t("places.zoneHint")} options={ZONES} />
      <TextField name="operatingDayStart" label={t("places.dayStart")} hint={t("places.dayStartHint")} isOptional pattern={/^([01]\d|2[0-3]):[0-5]\d$/} />
      <Form.Item name="displayOrder" label={t("places.order")} extra={t("places.orderHint")}><InputNumber min={0} max={9999} precision={0} /></Form.Item>
    </EditDrawer>
  );
}
