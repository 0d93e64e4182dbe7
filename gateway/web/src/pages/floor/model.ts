import type { Floor_Incident as Incident, Floor_Site as Site } from "../../gen/muster/floor/v1/floor_service_pb";
import { Floor_Incident_Kind as Kind } from "../../gen/muster/floor/v1/floor_service_pb";
import { parseView } from "../../app/view";
import { epochMs } from "../../board/model";

/** Minutes and seconds that are left, `9:05`; nothing is less than 0:00. */
export function formatLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function leftMs({ endTime }: Incident, now: number): number {
  return (epochMs(endTime) ?? now) - now;
}

/** What goes on of a kind at a site, about one of its queues or sources if it is said which. */
export function findIncident(incidents: readonly Incident[], kind: Kind, site: string, subject = ""): Incident | null {
  return incidents.find((one) => one.kind === kind && one.site === site && one.subject === subject) ?? null;
}

/** What is started should be seen: it is for a site that the board shows, if its address says which. */
export function siteOfBoard(sites: readonly Site[], search: string): Site | undefined {
  const shown = parseView(search).sites;
  return sites.find(({ site }) => shown.includes(site));
}

export function busiestOf(sites: readonly Site[]): Site | undefined {
  return [...sites].sort((one, other) => other.signedInCount - one.signedInCount)[0];
}
