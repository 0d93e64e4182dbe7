import type { TimeOfDay } from "../../../gen/google/type/timeofday_pb";
import type { Agent, RosterRow, Site, Team } from "../../../api/roster";
import { idOf } from "../kit/names";

export interface SiteValues {
  readonly id: string;
  readonly displayName: string;
  readonly timeZone: string | undefined;
  readonly operatingDayStart: string;
  readonly displayOrder: number;
}

export function siteValues(site: Site | null): SiteValues {
  return {
    id: site === null ? "" : idOf(site.name),
    displayName: site?.displayName ?? "",
    timeZone: site?.timeZone,
    operatingDayStart: site === null ? "" : clockOf(site.operatingDayStart),
    displayOrder: site?.displayOrder ?? 0,
  };
}

export function siteRow({ id, operatingDayStart, ...rest }: SiteValues): RosterRow {
  const [hours = 0, minutes = 0] = operatingDayStart.split(":").map(Number);
  return { name: `sites/${id}`, ...rest, operatingDayStart: { hours, minutes } } as RosterRow;
}

/** A time of day as `06:30`; absent is midnight. */
export function clockOf(time: TimeOfDay | undefined): string {
  const digits = (value: number) => String(value).padStart(2, "0");
  return `${digits(time?.hours ?? 0)}:${digits(time?.minutes ?? 0)}`;
}

export interface TeamValues {
  readonly id: string;
  readonly displayName: string;
  readonly leads: string[];
  readonly line: string | undefined;
}

export function teamValues(team: Team | null): TeamValues {
  return { id: team === null ? "" : idOf(team.name), displayName: team?.displayName ?? "", leads: team?.leads ?? [], line: team?.line || undefined };
}

/** What the form sets of a team; leads only by whoever may name leads. */
export function teamRow({ id, displayName, leads, line = "" }: TeamValues, site: string, mayNameLeads: boolean): RosterRow {
  const row = { name: `teams/${id}`, displayName, site, line };
  return mayNameLeads ? ({ ...row, leads } as RosterRow) : row;
}

export interface AgentValues {
  readonly id: string;
  readonly displayName: string;
  readonly site: string;
  readonly team: string | undefined;
  readonly skills: readonly { readonly skill: string; readonly level: number }[];
  /** As `2026-11-30`. */
  readonly endDate: string;
}

export function agentValues(agent: Agent | null, site: string): AgentValues {
  return {
    id: agent === null ? "" : idOf(agent.name),
    displayName: agent?.displayName ?? "",
    site: agent?.site ?? site,
    team: agent?.team || undefined,
    skills: (agent?.skills ?? []).map(({ skill, level }) => ({ skill, level })),
    endDate: dayOf(agent?.endDate),
  };
}

export function agentRow({ id, team = "", endDate, ...rest }: AgentValues): RosterRow {
  const [year, month, day] = endDate.split("-").map(Number);
  const leaving = endDate === "" ? null : { year, month, day };
  return { name: `agents/${id}`, ...rest, team, endDate: leaving } as RosterRow;
}

/** A calendar day as `2026-11-30`; nothing for none. */
export function dayOf(date: { readonly year: number; readonly month: number; readonly day: number } | undefined): string {
  if (date === undefined) return "";
  return [String(date.year).padStart(4, "0"), ...[date.month, date.day].map((part) => String(part).padStart(2, "0"))].join("-");
}
