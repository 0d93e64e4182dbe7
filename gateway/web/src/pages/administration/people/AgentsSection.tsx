import { Button, Form, Input, InputNumber, Select, Space, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { applyRow, listSkills, type Agent, type Skill } from "../../../api/roster";
import { EditDrawer } from "../kit/EditDrawer";
import { ChoiceField, IdField, TextField, type Option } from "../kit/fields";
import { RowActions } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { idOf, nameIn } from "../kit/names";
import type { SectionProps } from "../sections";
import { useText } from "../text";
import { agentRow, agentValues, dayOf, type AgentValues } from "./rosterModel";
import { SiteChoice, useChosenSite } from "./SiteChoice";
import { useAgents, useSites, useTeams } from "./useRoster";

const HIGHEST_LEVEL = 5;

/** The people who take work at a site: who they are, where they belong, what they are able to do. */
export default function AgentsSection({ may }: SectionProps) {
  const t = useText();
  const site = useChosenSite();
  const [edited, setEdited] = useState<Agent | "new" | null>(null);
  const [search, setSearch] = useState("");
  const skillName = useSkillNames();
  const agents = useAgents(site === undefined ? [] : [site]);
  const teams = useTeams(site === undefined ? [] : [site]);
  const teamName = (name: string) => teams.data?.find((team) => team.name === name)?.displayName ?? idOf(name);
  const matches = ({ name, displayName }: Agent) => `${displayName} ${name}`.toLowerCase().includes(search.toLowerCase());
  const mayWrite = may("roster.people.write");
  const columns: TableColumnsType<Agent> = [
    { title: t("field.displayName"), key: "name", render: (_, { name, displayName }) => <><strong>{displayName}</strong> <span className="muted">{idOf(name)}</span></> },
    { title: t("agents.team"), key: "team", render: (_, { team }) => team && teamName(team) },
    { title: t("agents.skills"), key: "skills", render: (_, { skills }) => skills.map(({ skill, level }) => <Tag key={skill}>{skillName(skill)} {level}</Tag>) },
    { title: t("agents.leaves"), key: "leaves", render: (_, { endDate }) => dayOf(endDate) },
    {
      title: t("kit.actions"), key: "actions",
      render: (_, agent) => mayWrite && <RowActions of={agent.displayName} actions={[{ label: t("kit.change"), run: () => setEdited(agent) }]} />,
    },
  ];
  return (
    <>
      <Section
        title={t("sections.agents")} lead={t("agents.lead")} loaded={agents} emptyText={(rows) => (rows.length > 0 ? null : t("agents.empty"))}
        actions={
          <>
            <SiteChoice site={site} />
            <Input.Search allowClear placeholder={t("agents.search")} aria-label={t("agents.search")} onChange={(event) => setSearch(event.target.value)} />
            {mayWrite && <Button type="primary" onClick={() => setEdited("new")}>{t("agents.create")}</Button>}
          </>
        }
      >
        {(rows) => <Rows label={t("sections.agents")} rows={rows.filter(matches)} columns={columns} keyOf={(agent) => agent.name} />}
      </Section>
      {edited !== null && site !== undefined && <AgentForm agent={edited === "new" ? null : edited} site={site} onClose={() => setEdited(null)} />}
    </>
  );
}

function AgentForm({ agent, site, onClose }: { readonly agent: Agent | null; readonly site: string; readonly onClose: () => void }) {
  const t = useText();
  const sites = useSites();
  const places = (sites.data ?? []).map(({ name, displayName }) => ({ value: name, label: displayName }));
  return (
    <EditDrawer<AgentValues>
      title={agent?.displayName ?? t("agents.create")} initial={agentValues(agent, site)} onClose={onClose}
      onSave={(values) => applyRow("agents", agentRow(values))}
    >
      {agent === null && <IdField name="id" label={t("field.id")} />}
      <TextField name="displayName" label={t("field.displayName")} />
      <ChoiceField name="site" label={t("field.site")} hint={t("agents.siteHint")} options={places} />
      <TeamField />
      <SkillsField />
      <Form.Item name="endDate" label={t("agents.leaves")} extra={t("agents.leavesHint")}><Input type="date" /></Form.Item>
    </EditDrawer>
  );
}

/** The teams of the site that the form holds: who moves to another site leaves her team. */
function TeamField() {
  const t = useText();
  const site = Form.useWatch<string | undefined>("site");
  const teams = useTeams(site === undefined ? [] : [site]);
  const options = (teams.data ?? []).map(({ name, displayName }) => ({ value: name, label: displayName }));
  return <ChoiceField name="team" label={t("agents.team")} isOptional isLoading={teams.isLoading} options={options} />;
}

function SkillsField() {
  const t = useText();
  const options = useSkillOptions();
  return (
    <Form.Item label={t("agents.skills")} extra={t("agents.skillsHint")}>
      <Form.List name="skills">
        {(fields, { add, remove }) => (
          <div className="list-field">
            {fields.map(({ key, name }) => (
              <Space key={key} align="start">
                <Form.Item name={[name, "skill"]} noStyle rules={[{ required: true, message: t("field.required") }]}>
                  <Select aria-label={t("agents.skill")} className="wide" options={options} showSearch={{ optionFilterProp: "label" }} />
                </Form.Item>
                <Form.Item name={[name, "level"]} noStyle>
                  <InputNumber aria-label={t("agents.level")} min={1} max={HIGHEST_LEVEL} precision={0} />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t("kit.remove")}</Button>
              </Space>
            ))}
            <Button onClick={() => add({ level: 1 })}>{t("agents.addSkill")}</Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

function useSkillNames(): (skill: string) => string {
  const { i18n } = useTranslation();
  const skills = useLoaded<Skill[]>(["skills"], listSkills);
  return (name) => nameIn(skills.data?.find((skill) => skill.name === name)?.displayNames ?? {}, i18n.language, idOf(name));
}

function useSkillOptions(): Option[] {
  const nameOf = useSkillNames();
  const skills = useLoaded<Skill[]>(["skills"], listSkills);
  return (skills.data ?? []).map(({ name }) => ({ value: name, label: nameOf(name) }));
}
