import type { Agent, Line, Site, Skill, Team } from "../gen/muster/roster/v1/people_pb";
import {
  ListAgentsResponseSchema, ListLinesResponseSchema, ListSkillsResponseSchema, ListTeamsResponseSchema,
} from "../gen/muster/roster/v1/roster_service_pb";
import { get, write } from "./http";
import { listAll } from "./paging";

export type { Agent, Line, Site, Skill, Team };

export function listTeams(site: string, signal: AbortSignal): Promise<Team[]> {
  return listAll((page) => get(ListTeamsResponseSchema, `/v1/${site}/teams`, page, signal), ({ teams }) => teams);
}

export function listAgents(site: string, signal: AbortSignal): Promise<Agent[]> {
  return listAll((page) => get(ListAgentsResponseSchema, `/v1/${site}/agents`, page, signal), ({ agents }) => agents);
}

/** How many people a search shows; more are found by a longer text. */
export const MOST_FOUND = 20;

/** The people of all sites whose name or id holds a text. */
export async function findPeople(search: string, signal: AbortSignal): Promise<Agent[]> {
  return (await get(ListAgentsResponseSchema, "/v1/sites/-/agents", { search, pageSize: MOST_FOUND }, signal)).agents;
}

export function listLines(signal: AbortSignal): Promise<Line[]> {
  return listAll((page) => get(ListLinesResponseSchema, "/v1/lines", page, signal), ({ lines }) => lines);
}

export function listSkills(signal: AbortSignal): Promise<Skill[]> {
  return listAll((page) => get(ListSkillsResponseSchema, "/v1/skills", page, signal), ({ skills }) => skills);
}

/** What rows of the roster are called in a request to change them. */
export type RosterKind = "sites" | "lines" | "teams" | "skills" | "agents";

export interface RosterRow {
  readonly name: string;
}

/** Creates a row of the roster, or changes exactly the given fields of one that exists. */
export function applyRow(kind: RosterKind, row: RosterRow): Promise<unknown> {
  const changed = Object.keys(row).filter((field) => field !== "name");
  return write("POST", "/v1/roster:apply", { [kind]: [row], updateMask: changed.map((field) => `${kind}.${field}`).join(",") });
}
