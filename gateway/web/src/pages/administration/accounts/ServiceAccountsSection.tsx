import { Button, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import {
  createServiceAccount, deleteNamed, listRoles, listServiceAccounts, updateServiceAccount, type ProgramFields, type Role,
  type ServiceAccount,
} from "../../../api/people";
import { EditDrawer } from "../kit/EditDrawer";
import { IdField, TextField } from "../kit/fields";
import { RowActions, type RowAction } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { idOf } from "../kit/names";
import { useAct } from "../kit/useAct";
import type { SectionProps } from "../sections";
import { useText } from "../text";
import { AccessFields } from "./AccessFields";
import { TokensDrawer } from "./TokensDrawer";

/** Accounts of programs and of screens on walls, which show a token instead of signing in. */
export default function ServiceAccountsSection({ may }: SectionProps) {
  const t = useText();
  const act = useAct();
  const [edited, setEdited] = useState<ServiceAccount | "new" | null>(null);
  const [opened, setOpened] = useState<ServiceAccount | null>(null);
  const programs = useLoaded<ServiceAccount[]>(["serviceAccounts"], listServiceAccounts);
  const mayWrite = may("account.service_accounts.write");
  const actionsOf = (program: ServiceAccount): RowAction[] => {
    const tokens = { label: t("programs.tokens"), run: () => setOpened(program) };
    const remove = () => act({
      question: t("programs.deleteQuestion", { name: program.displayName }), consequence: t("programs.deleteConsequence"),
      action: t("kit.delete"), run: () => deleteNamed(program),
    });
    return mayWrite
      ? [tokens, { label: t("kit.change"), run: () => setEdited(program) }, { label: t("kit.delete"), run: remove }]
      : [tokens];
  };
  const columns: TableColumnsType<ServiceAccount> = [
    {
      title: t("field.displayName"), key: "name",
      render: (_, { name, displayName }) => <><strong>{displayName}</strong> <span className="muted">{idOf(name)}</span></>,
    },
    { title: t("access.roles"), key: "roles", render: (_, { roles }) => roles.map((role) => <Tag key={role}>{idOf(role)}</Tag>) },
    { title: t("access.places"), key: "places", render: (_, { sites, teams }) => [...sites, ...teams].map(idOf).join(", ") },
    { title: t("kit.actions"), key: "actions", render: (_, program) => <RowActions of={program.displayName} actions={actionsOf(program)} /> },
  ];
  return (
    <>
      <Section
        title={t("sections.programs")} lead={t("programs.lead")} loaded={programs}
        emptyText={(rows) => (rows.length > 0 ? null : t("programs.empty"))}
        actions={mayWrite && <Button type="primary" onClick={() => setEdited("new")}>{t("programs.create")}</Button>}
      >
        {(rows) => <Rows label={t("sections.programs")} rows={rows} columns={columns} keyOf={(program) => program.name} />}
      </Section>
      {edited !== null && <ProgramForm program={edited === "new" ? null : edited} may={may} onClose={() => setEdited(null)} />}
      {opened !== null && <TokensDrawer program={opened} may={may} onClose={() => setOpened(null)} />}
    </>
  );
}

interface ProgramValues extends ProgramFields {
  readonly id: string;
}

function ProgramForm({ program, may, onClose }: SectionProps & { readonly program: ServiceAccount | null; readonly onClose: () => void }) {
  const t = useText();
  const roles = useLoaded<Role[]>(["roles"], listRoles, may("account.roles.read"));
  const save = ({ id, ...fields }: ProgramValues) =>
    program === null ? createServiceAccount(id, fields) : updateServiceAccount(program, fields);
  const { displayName = "", roles: held = [], sites = [], teams = [] } = program ?? {};
  return (
    <EditDrawer<ProgramValues>
      title={program === null ? t("programs.create") : t("programs.change", { name: program.displayName })}
      initial={{ id: "", displayName, roles: held, sites, teams }} onSave={save} onClose={onClose}
    >
      {program === null && <IdField name="id" label={t("field.id")} />}
      <TextField name="displayName" label={t("field.displayName")} />
      <AccessFields roles={roles.data ?? []} />
    </EditDrawer>
  );
}
