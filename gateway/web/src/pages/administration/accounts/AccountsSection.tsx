import { Button, Input, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import {
  createOneTimeCode, listAccounts, listRoles, setDisabled, type Account, type OneTimeCode, type Role,
} from "../../../api/people";
import { Section } from "../kit/Section";
import { RowActions, type RowAction } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Secret } from "../kit/Secret";
import { useLoaded } from "../kit/data";
import { idOf } from "../kit/names";
import { useAct } from "../kit/useAct";
import { useInstants } from "../kit/useInstants";
import type { SectionProps } from "../sections";
import { useText } from "../text";
import { AccountForm } from "./AccountForm";
import { ALL_SITES } from "./AccessFields";
import { SessionsDrawer } from "./SessionsDrawer";

/** Who may sign in, and what they see. */
export default function AccountsSection({ may }: SectionProps) {
  const t = useText();
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<Account | "new" | null>(null);
  const [watched, setWatched] = useState<Account | null>(null);
  const [code, setCode] = useState<OneTimeCode | null>(null);
  const accounts = useLoaded(["accounts", search], (signal) => listAccounts(search, signal));
  const roles = useLoaded<Role[]>(["roles"], listRoles, may("account.roles.read"));
  const actionsOf = useAccountActions({ showCode: setCode, showSessions: setWatched, edit: setEdited });
  const instant = useInstants();
  const nameOfRole = (name: string) => roles.data?.find((role) => role.name === name)?.displayName ?? idOf(name);

  const columns: TableColumnsType<Account> = [
    {
      title: t("field.displayName"), key: "name",
      render: (_, account) => (
        <>
          <strong>{account.displayName}</strong> <span className="muted">{idOf(account.name)}</span>{" "}
          {account.disableTime !== undefined && <Tag>{t("accounts.disabled")}</Tag>}
        </>
      ),
    },
    { title: t("access.roles"), key: "roles", render: (_, account) => account.roles.map((role) => <Tag key={role}>{nameOfRole(role)}</Tag>) },
    {
      title: t("access.places"), key: "places",
      render: (_, { sites, teams }) => [...sites.map((site) => (site === ALL_SITES ? t("access.allSites") : idOf(site))), ...teams.map(idOf)].join(", "),
    },
    { title: t("accounts.agent"), key: "agent", render: (_, { agent }) => idOf(agent) },
    {
      title: t("kit.actions"), key: "actions",
      render: (_, account) => <RowActions of={account.displayName} actions={may("account.accounts.write") ? actionsOf(account) : []} />,
    },
  ];

  return (
    <>
      <Section
        title={t("sections.accounts")} lead={t("accounts.lead")} loaded={accounts}
        emptyText={(rows) => (rows.length > 0 ? null : search === "" ? t("accounts.empty") : t("kit.noMatch", { search }))}
        actions={
          <>
            <Input.Search allowClear placeholder={t("accounts.search")} aria-label={t("accounts.search")} onSearch={setSearch} />
            {may("account.accounts.write") && <Button type="primary" onClick={() => setEdited("new")}>{t("accounts.create")}</Button>}
          </>
        }
      >
        {(rows) => <Rows label={t("sections.accounts")} rows={rows} columns={columns} keyOf={(account) => account.name} />}
      </Section>
      {edited !== null && (
        <AccountForm
          account={edited === "new" ? null : edited} roles={roles.data ?? []} onCreated={setCode} onClose={() => setEdited(null)}
        />
      )}
      {watched !== null && <SessionsDrawer account={watched} may={may} onClose={() => setWatched(null)} />}
      {code !== null && (
        <Secret
          title={t("accounts.codeTitle", { name: idOf(code.account) })} secret={code.code} onClose={() => setCode(null)}
          lead={t("accounts.codeLead", { until: instant(code.expireTime) })}
        />
      )}
    </>
  );
}

interface Openers {
  readonly showCode: (code: OneTimeCode) => void;
  readonly showSessions: (account: Account) => void;
  readonly edit: (account: Account) => void;
}

/** What can be done with an account. */
function useAccountActions({ showCode, showSessions, edit }: Openers): (account: Account) => RowAction[] {
  const t = useText();
  const act = useAct();
  const ask = (account: Account, what: "disable" | "enable" | "resetCode", run: () => Promise<unknown>) =>
    act({
      question: t(`accounts.${what}Question`, { name: account.displayName }), consequence: t(`accounts.${what}Consequence`),
      action: t(`accounts.${what}`), run,
    });
  return (account) => [
    { label: t("kit.change"), run: () => edit(account) },
    { label: t("accounts.sessions"), run: () => showSessions(account) },
    { label: t("accounts.resetCode"), run: () => ask(account, "resetCode", async () => showCode(await createOneTimeCode(account))) },
    account.disableTime === undefined
      ? { label: t("accounts.disable"), run: () => ask(account, "disable", () => setDisabled(account, true)) }
      : { label: t("accounts.enable"), run: () => ask(account, "enable", () => setDisabled(account, false)) },
  ];
}
