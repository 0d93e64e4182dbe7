import { Button, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import {
  createRole, deleteNamed, listAccounts, listPermissions, listRoles, updateRole, type Account, type Permission, type Role,
  type RoleFields,
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
import { PermissionsField } from "./PermissionsField";

/** What accounts may do, by named sets of permissions. */
export default function RolesSection({ may }: SectionProps) {
  const t = useText();
  const act = useAct();
  const [edited, setEdited] = useState<Role | "new" | null>(null);
  const roles = useLoaded<Role[]>(["roles"], listRoles);
  const accounts = useLoaded<Account[]>(["accounts", ""], (signal) => listAccounts("", signal), may("account.accounts.read"));
  const actionsOf = (role: Role): RowAction[] => {
    if (!may("account.roles.write")) return [];
    const remove = () => act({
      question: t("roles.deleteQuestion", { name: role.displayName }), consequence: t("roles.deleteConsequence"),
      action: t("kit.delete"), run: () => deleteNamed(role),
    });
    const change = { label: t("kit.change"), run: () => setEdited(role) };
    return role.seeded ? [change] : [change, { label: t("kit.delete"), run: remove }];
  };
  const holders = (role: Role) =>
    (accounts.data ?? []).filter((account) => account.roles.includes(role.name)).map((account) => account.displayName);

  const columns: TableColumnsType<Role> = [
    {
      title: t("field.displayName"), key: "name",
      render: (_, role) => (
        <><strong>{role.displayName}</strong> <span className="muted">{idOf(role.name)}</span> {role.seeded && <Tag>{t("roles.seeded")}</Tag>}</>
      ),
    },
    { title: t("roles.permissions"), key: "permissions", render: (_, role) => role.permissions.length },
    {
      title: t("roles.holders"), key: "holders",
      render: (_, role) => <span title={holders(role).join(", ")}>{t("roles.accounts", { count: role.accountCount })}</span>,
    },
    { title: t("kit.actions"), key: "actions", render: (_, role) => <RowActions of={role.displayName} actions={actionsOf(role)} /> },
  ];
  return (
    <>
      <Section
        title={t("sections.roles")} lead={t("roles.lead")} loaded={roles}
        actions={may("account.roles.write") && <Button type="primary" onClick={() => setEdited("new")}>{t("roles.create")}</Button>}
      >
        {(rows) => <Rows label={t("sections.roles")} rows={rows} columns={columns} keyOf={(role) => role.name} />}
      </Section>
      {edited !== null && <RoleForm role={edited === "new" ? null : edited} may={may} onClose={() => setEdited(null)} />}
    </>
  );
}

interface RoleValues extends RoleFields {
  readonly id: string;
}

function RoleForm({ role, may, onClose }: SectionProps & { readonly role: Role | null; readonly onClose: () => void }) {
  const t = useText();
  const permissions = useLoaded<Permission[]>(["permissions"], listPermissions);
  const save = ({ id, ...fields }: RoleValues) => (role === null ? createRole(id, fields) : updateRole(role, fields));
  return (
    <EditDrawer<RoleValues>
      title={role === null ? t("roles.create") : t("roles.change", { name: role.displayName })} onSave={save} onClose={onClose}
      initial={{ id: "", displayName: role?.displayName ?? "", permissions: role?.permissions ?? [] }}
    >
      {role === null && <IdField name="id" label={t("field.id")} />}
      <TextField name="displayName" label={t("field.displayName")} />
      <PermissionsField permissions={permissions.data ?? []} may={may} />
    </EditDrawer>
  );
}
