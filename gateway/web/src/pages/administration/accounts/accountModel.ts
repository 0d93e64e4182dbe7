import type { Account, AccountFields } from "../../../api/people";

/** What the form of an account holds. */
export interface AccountValues extends Omit<AccountFields, "agent" | "languageCode"> {
  readonly id: string;
  readonly agent: string | undefined;
  readonly languageCode: string | undefined;
}

/** What the form of an account begins with; of a new account, with nothing. */
export function accountValues(account: Account | null): AccountValues {
  return {
    id: "",
    displayName: account?.displayName ?? "",
    roles: account?.roles ?? [],
    sites: account?.sites ?? [],
    teams: account?.teams ?? [],
    agent: account?.agent || undefined,
    reportingLine: account?.reportingLine ?? false,
    languageCode: account?.languageCode || undefined,
  };
}

/** What the form sets of an account; a choice that was taken away is empty. */
export function fieldsOfAccount({ id: _, agent = "", languageCode = "", ...rest }: AccountValues): AccountFields {
  return { ...rest, agent, languageCode };
}
