import { Button, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { applyRow, listLines, type Line, type Team } from "../../../api/roster";
import { EditDrawer } from "../kit/EditDrawer";
import { ChoiceField, ChoicesField, IdField, TextField } from "../kit/fields";
import { RowActions } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { idOf, nameIn } from "../kit/names";
import type { SectionProps } from "../sections";
import { useText } from "../text";
import { teamRow, teamValues, type TeamValues } from "./rosterModel";
import { SiteChoice, useChosenSite } from "./SiteChoice";
import { useAgents, useTeams } from "./useRoster";

/** Groups of agents of a site, with who leads them and for which line they work. */
export default function TeamsSection({ may }: SectionProps) {
  const t = useText();
  const { i18n } = useTranslation();
  const site = useChosenSite();
  const [edited, setEdited] = useState<Team | "new" | null>(null);
  const teams = useTeams(site === undefined ? [] : [site]);
  const lines = useLoaded<Line[]>(["lines"], listLines);
  const agents = useAgents(site === undefined ? [] : [site]);
  const lineName = (name: string) => nameIn(lines.data?.find((line) => line.name === name)?.displayNames ?? {}, i18n.language, idOf(name));
  const agentName = (name: string) => agents.data?.find((agent) => agent.name === name)?.displayName ?? idOf(name);
  const mayWrite = may("roster.people.write");
  const columns: TableColumnsType<Team> = [
    { title: t("field.displayName"), key: "name", render: (_, { name, displayName }) => <><strong>{displayName}</strong> <span className="muted">{idOf(name)}</span></> },
    { title: t("teams.line"), key: "line", render: (_, { line }) => line && lineName(line) },
    { title: t("teams.leads"), key: "leads", render: (_, { leads }) => leads.map(agentName).join(", ") },
    { title: t("teams.members"), key: "members", render: (_, { name }) => agents.data?.filter((agent) => agent.team === name).length },
    {
      title: t("kit.actions"), key: "actions",
      render: (_, team) => mayWrite && <RowActions of={team.displayName} actions={[{ label: t("kit.change"), run: () => setEdited(team) }]} />,
    },
  ];
  return (
    <>
      <Section
        title={t("sections.teams")} lead={t("teams.lead")} loaded={teams} emptyText={(rows) => (rows.length > 0 ? null : t("teams.empty"))}
        actions={<><SiteChoice site={site} />{mayWrite && <Button type="primary" onClick={() => setEdited("new")}>{t("teams.create")}</Button>}</>}
      >
        {(rows) => <Rows label={t("sections.teams")} rows={rows} columns={columns} keyOf={(team) => team.name} />}
      </Section>
      {edited !== null && site !== undefined && (
        <EditDrawer<TeamValues>
          title={edited === "new" ? t("teams.create") : edited.displayName} initial={teamValues(edited === "new" ? null : edited)}
          onSave={(values) => applyRow("teams", teamRow(values, site, may("roster.leads.write")))} onClose={() => setEdited(null)}
        >
          {edited === "new" && <IdField name="id" label={t("field.id")} />}
          <TextField name="displayName" label={t("field.displayName")} />
          <ChoiceField name="line" label={t("teams.line")} isOptional options={(lines.data ?? []).map(({ name }) => ({ value: name, label: lineName(name) }))} />
          {may("roster.leads.write") && (
            <ChoicesField
              name="leads" label={t("teams.leads")} hint={t("teams.leadsHint")} isLoading={agents.isLoading}
              options={(agents.data ?? []).map((agent) => ({ value: agent.name, label: `${agent.displayName} · ${idOf(agent.name)}` }))}
            />
          )}
        </EditDrawer>
      )}
    </>
  );
}
