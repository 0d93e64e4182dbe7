import { listSites } from "../../../api/sites";
import { listAgents, listTeams, type Agent, type Site, type Team } from "../../../api/roster";
import { useLoaded } from "../kit/data";

export function useSites() {
  return useLoaded<Site[]>(["sites"], listSites);
}

/** The teams of several sites, by site, then name. */
export function useTeams(sites: readonly string[]) {
  return useLoaded<Team[]>(["teams", ...sites], async (signal) =>
    (await Promise.all(sites.map((site) => listTeams(site, signal)))).flat(), sites.length > 0);
}

/** The agents of several sites, by site, then name. */
export function useAgents(sites: readonly string[]) {
  return useLoaded<Agent[]>(["agents", ...sites], async (signal) =>
    (await Promise.all(sites.map((site) => listAgents(site, signal)))).flat(), sites.length > 0);
}
