import { isDay, type IsoDay } from "../board/day";
import { faultOf, type LocalRange } from "../board/local";
import { standingKey, standingOfKey, STANDINGS, type Standing } from "../board/standings";

/** How tall rows are: all on one screen where possible, or always tall. */
export type RowSize = "fit" | "roomy";
/** Exact intervals, or a cell an hour in the state that holds longest. */
export type Look = "exact" | "cells";
export type Sort = "name" | "state" | "since" | "shift" | "start";
export type Grouping = "none" | "site" | "team" | "line" | "skill" | "state";
/** Where the axis begins: at 00:00, when the site's day of operation does, or 24 hours ago. */
export type Axis = "midnight" | "operation" | "last24";

export const SORTS: readonly Sort[] = ["name", "state", "since", "start", "shift"];
export const GROUPINGS: readonly Grouping[] = ["none", "site", "team", "line", "skill", "state"];
export const AXES: readonly Axis[] = ["midnight", "operation", "last24"];
const LOOKS: readonly Look[] = ["exact", "cells"];

/** Which people are shown, and in which order. */
export interface Selection {
  /** Part of the names that are shown. */
  readonly search: string;
  /** What the rows are limited to; none for all. */
  readonly teams: readonly string[];
  readonly lines: readonly string[];
  readonly skills: readonly string[];
  /** States, and what is told apart within them. */
  readonly states: readonly Standing[];
  readonly sort: Sort;
  readonly isDescending: boolean;
}

/** A stretch of time by its instants, so that it is the same wherever the address is opened. */
export interface TimeSpan {
  /** Since 1970. */
  readonly startMs: number;
  readonly lengthMs: number;
}

/** What the page shows, all of it in the address: sent to a colleague it opens the same. */
export interface View extends Selection {
  /** As `sites/{site}`, or `sites/-` for all; none for the first one. */
  readonly sites: readonly string[];
  /** Null for the newest day that has data. */
  readonly day: IsoDay | null;
  /** The zone in which days and hours are told; empty for the site's own. */
  readonly zone: string;
  readonly axis: Axis;
  /** What is shown instead of a day, by the clocks of the zone. */
  readonly range: LocalRange | null;
  /** The part of it to which the axis is zoomed. */
  readonly zoom: TimeSpan | null;
  readonly look: Look;
  readonly grouping: Grouping;
  /** The groups of which the header alone is shown. */
  readonly folded: readonly string[];
  /** The agent whose log is open, as `agents/{agent}`. */
  readonly agent: string | null;
  /** The agents who are picked together. */
  readonly picked: readonly string[];
  readonly rowSize: RowSize;
}

const ID = /^[a-z0-9-]{1,63}$/;
const ZONE = /^[A-Za-z0-9_+/-]{1,64}$/;

export function parseView(query: string): View {
  const fields = new URLSearchParams(query);
  const day = fields.get("day") ?? "";
  const zone = fields.get("zone") ?? "";
  const sort = fields.get("sort") ?? "";
  const states = listFrom(fields.get("state")).map(standingOfKey);
  return {
    sites: namesFrom("sites", fields.get("site")),
    day: isDay(day) ? day : null,
    zone: ZONE.test(zone) ? zone : "",
    axis: oneOf(AXES, fields.get("axis"), "midnight"),
    range: rangeFrom(fields.get("from"), fields.get("to")),
    zoom: spanFrom(fields.get("at"), fields.get("span")),
    look: oneOf(LOOKS, fields.get("look"), "exact"),
    search: fields.get("q") ?? "",
    teams: namesFrom("teams", fields.get("team")),
    lines: namesFrom("lines", fields.get("line")),
    skills: namesFrom("skills", fields.get("skill")),
    states: STANDINGS.filter((standing) => states.includes(standing)),
    sort: oneOf(SORTS, sort.replace(/^-/, ""), "name"),
    isDescending: sort.startsWith("-"),
    grouping: oneOf(GROUPINGS, fields.get("group"), "none"),
    folded: listFrom(fields.get("folded")),
    rowSize: fields.get("rows") === "roomy" ? "roomy" : "fit",
    picked: namesFrom("agents", fields.get("picked")),
    agent: nameFrom("agents", fields.get("agent")),
  };
}

export function formatView(view: View): string {
  const fields = new URLSearchParams();
  const set = (name: string, value: string, usual = "") => {
    if (value !== usual) fields.set(name, value);
  };
  const ids = (names: readonly string[]) => names.map(idOf).join(",");
  set("site", ids(view.sites));
  set("day", view.day ?? "");
  set("zone", view.zone);
  set("axis", view.axis, "midnight");
  set("from", view.range?.from ?? "");
  set("to", view.range?.to ?? "");
  set("at", view.zoom === null ? "" : new Date(view.zoom.startMs).toISOString());
  set("span", view.zoom === null ? "" : String(view.zoom.lengthMs / 1000));
  set("look", view.look, "exact");
  set("q", view.search);
  set("team", ids(view.teams));
  set("line", ids(view.lines));
  set("skill", ids(view.skills));
  set("state", view.states.map(standingKey).join(","));
  set("sort", `${view.isDescending ? "-" : ""}${view.sort}`, "name");
  set("group", view.grouping, "none");
  set("folded", view.folded.join(","));
  set("rows", view.rowSize, "fit");
  set("picked", ids(view.picked));
  set("agent", view.agent === null ? "" : idOf(view.agent));
  return fields.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** The view of other sites: what belongs to the people and days of the former ones does not come along. */
export function siteView(sites: readonly string[]): Partial<View> {
  return {
    sites, day: null, range: null, zoom: null, agent: null, picked: [], teams: [], lines: [], skills: [], folded: [],
  };
}

/** The id within a resource name: `bank` of `sites/bank`. */
export function idOf(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

function nameFrom(collection: string, id: string | null): string | null {
  return id !== null && ID.test(id) ? `${collection}/${id}` : null;
}

function namesFrom(collection: string, ids: string | null): readonly string[] {
  return listFrom(ids).flatMap((id) => nameFrom(collection, id) ?? []);
}

function listFrom(text: string | null): readonly string[] {
  return (text ?? "").split(",").filter((part) => part !== "");
}

function oneOf<Value extends string>(known: readonly Value[], wanted: string | null, usual: Value): Value {
  return known.find((value) => value === wanted) ?? usual;
}

function rangeFrom(from: string | null, to: string | null): LocalRange | null {
  const range = { from: from ?? "", to: to ?? "" };
  return faultOf(range) === null ? range : null;
}

function spanFrom(at: string | null, seconds: string | null): TimeSpan | null {
  const startMs = Date.parse(at ?? "");
  const lengthMs = Math.round(Number(seconds ?? "") * 1000);
  return Number.isFinite(startMs) && lengthMs > 0 ? { startMs, lengthMs } : null;
}
