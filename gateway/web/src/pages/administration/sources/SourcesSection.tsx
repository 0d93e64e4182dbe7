import { Button, type TableColumnsType } from "antd";
import { useState } from "react";
import { moveTo, useSearch } from "../../../app/address";
import { listSources, type Source } from "../../../api/sources";
import { addressOf } from "../address";
import { RowActions, type RowAction } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Secret } from "../kit/Secret";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { idOf } from "../kit/names";
import { SiteChoice, useChosenSite } from "../people/SiteChoice";
import type { SectionProps } from "../sections";
import { useText } from "../text";
import { SourceForm } from "./SourceForm";
import { SourcePage } from "./SourcePage";
import { schemeOf, versionOf } from "./sourceModel";
import { useRotation } from "./useRotation";

/** Platforms that push their events, each with the mapping that says what they mean. */
export default function SourcesSection({ may }: SectionProps) {
  const t = useText();
  const site = useChosenSite();
  const opened = new URLSearchParams(useSearch()).get("source");
  const [edited, setEdited] = useState<Source | "new" | null>(null);
  const [shown, setShown] = useState<Source | null>(null);
  const sources = useLoaded<Source[]>(["sources"], listSources);
  const rotate = useRotation(setShown);
  const mayWrite = may("gateway.sources.write");
  const source = sources.data?.find(({ name }) => name === `sources/${opened}`);
  const open = (id: string | null) => moveTo(addressOf("sources", site, id === null ? {} : { source: id }));
  const actionsOf = (row: Source): RowAction[] => {
    const look = { label: t("sources.open"), run: () => open(idOf(row.name)) };
    return mayWrite ? [look, { label: t("kit.change"), run: () => setEdited(row) }, ...rotate(row)] : [look];
  };
  return (
    <>
      {source === undefined ? (
        <Section
          title={t("sections.sources")} lead={t("sources.lead")} loaded={sources}
          emptyText={(rows) => (rows.some((row) => row.site === site) ? null : t("sources.empty"))}
          actions={<><SiteChoice site={site} />{mayWrite && <Button type="primary" onClick={() => setEdited("new")}>{t("sources.create")}</Button>}</>}
        >
          {(rows) => <SourceRows sources={rows.filter((row) => row.site === site)} actionsOf={actionsOf} />}
        </Section>
      ) : <SourcePage key={source.name} source={source} may={may} onClose={() => open(null)} />}
      {edited !== null && (
        <SourceForm source={edited === "new" ? null : edited} site={site} onCreated={setShown} onClose={() => setEdited(null)} />
      )}
      {shown !== null && (
        <Secret
          title={t("sources.secretTitle", { name: shown.displayName })} secret={shown.secret} onClose={() => setShown(null)}
          lead={t("sources.secretLead", { address: `${window.location.origin}/v1/${shown.name}/events` })}
        />
      )}
    </>
  );
}

function SourceRows({ sources, actionsOf }: { readonly sources: readonly Source[]; readonly actionsOf: (source: Source) => RowAction[] }) {
  const t = useText();
  const columns: TableColumnsType<Source> = [
    {
      title: t("field.displayName"), key: "name",
      render: (_, { name, displayName }) => <><strong>{displayName}</strong> <span className="muted">{idOf(name)}</span></>,
    },
    { title: t("sources.mapping"), key: "mapping", render: (_, { activeMapping }) => versionText(t("presence.version"), activeMapping) ?? t("sources.noMapping") },
    { title: t("sources.waiting"), key: "waiting", align: "right", render: (_, { pendingCount }) => pendingCount },
    { title: t("sources.proof"), key: "proof", render: (_, row) => t(`sources.${schemeOf(row)}`) },
    { title: t("kit.actions"), key: "actions", render: (_, row) => <RowActions of={row.displayName} actions={actionsOf(row)} /> },
  ];
  return <Rows label={t("sections.sources")} rows={sources} columns={columns} keyOf={({ name }) => name} />;
}

function versionText(word: string, mapping: string): string | null {
  return mapping === "" ? null : `${word} ${versionOf(mapping)}`;
}
