import { createAccount, updateAccount, type Account, type AccountFields, type OneTimeCode, type Role } from "../../../api/people";
import { LANGUAGES } from "../../../app/language";
import { EditDrawer } from "../kit/EditDrawer";
import { ChoiceField, IdField, SwitchField, TextField } from "../kit/fields";
import { idOf } from "../kit/names";
import { useAgents, useSites } from "../people/useRoster";
import { useText } from "../text";
import { AccessFields } from "./AccessFields";
import { accountValues, fieldsOfAccount, type AccountValues } from "./accountModel";

interface AccountFormProps {
  /** The account to change; null for a new one. */
  readonly account: Account | null;
  readonly roles: readonly Role[];
  readonly onCreated: (code: OneTimeCode) => void;
  readonly onClose: () => void;
}

/** Creates an account or changes one. */
export function AccountForm({ account, roles, onCreated, onClose }: AccountFormProps) {
  const t = useText();
  const sites = useSites();
  const agents = useAgents((sites.data ?? []).map((site) => site.name));
  const create = async (id: string, fields: AccountFields) => {
    const code = await createAccount(id, fields);
    if (code !== null) onCreated(code);
  };
  const save = (values: AccountValues) =>
    account === null ? create(values.id, fieldsOfAccount(values)) : updateAccount(account, fieldsOfAccount(values));
  return (
    <EditDrawer
      title={account === null ? t("accounts.create") : t("accounts.change", { name: account.displayName })}
      initial={accountValues(account)} onSave={save} onClose={onClose}
    >
      {account === null && <IdField name="id" label={t("field.id")} hint={t("accounts.idHint")} />}
      <TextField name="displayName" label={t("field.displayName")} />
      <AccessFields roles={roles} />
      <ChoiceField
        name="agent" label={t("accounts.agent")} hint={t("accounts.agentHint")} isOptional isLoading={agents.isLoading}
        options={(agents.data ?? []).map((agent) => ({ value: agent.name, label: `${agent.displayName} · ${idOf(agent.name)}` }))}
      />
      <SwitchField name="reportingLine" label={t("accounts.reportingLine")} hint={t("accounts.reportingLineHint")} />
      <ChoiceField
        name="languageCode" label={t("accounts.language")} isOptional hint={t("accounts.languageHint")}
        options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
    </EditDrawer>
  );
}
