import type { Role } from "../../../api/people";
import { ChoicesField } from "../kit/fields";
import { idOf } from "../kit/names";
import { useSites, useTeams } from "../people/useRoster";
import { useText } from "../text";

export const ALL_SITES = "sites/-";

/** Which rows and what of them somebody sees: roles, sites, teams. */
export function AccessFields({ roles }: { readonly roles: readonly Role[] }) {
  const t = useText();
  const sites = useSites();
  const teams = useTeams((sites.data ?? []).map((site) => site.name));
  const everySite = { value: ALL_SITES, label: t("access.allSites") };
  return (
    <>
      <ChoicesField
        name="roles" label={t("access.roles")} hint={t("access.rolesHint")}
        options={roles.map((role) => ({ value: role.name, label: role.displayName }))}
      />
      <ChoicesField
        name="sites" label={t("access.sites")} hint={t("access.sitesHint")} isLoading={sites.isLoading}
        options={[everySite, ...(sites.data ?? []).map((site) => ({ value: site.name, label: site.displayName }))]}
      />
      <ChoicesField
        name="teams" label={t("access.teams")} hint={t("access.teamsHint")} isLoading={teams.isLoading}
        options={(teams.data ?? []).map((team) => ({ value: team.name, label: `${team.displayName} · ${idOf(team.site)}` }))}
      />
    </>
  );
}
