import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Heatmap, Heatmap_MissingPart, Label } from "../gen/muster/gateway/v1/board_service_pb";
import { dayFromWire, type IsoDay } from "./day";
import { plansFrom, type PlannedShift } from "./plan";
import { encodeInterval, type IntervalCode } from "./states";
import type { Timelines } from "./timelines";

/** One agent's row. Interval i is [starts[i], starts[i + 1]), in milliseconds after the range's start. */
export interface BoardRow {
  readonly agent: string;
  readonly name: string;
  readonly site: string;
  readonly team: string;
  readonly line: string;
  readonly skills: readonly string[];
  /** The shifts that touch the range, by start. */
  readonly shifts: readonly PlannedShift[];
  readonly starts: number[];
  readonly codes: IntervalCode[];
  /** When the last interval began, since 1970; it may lie before the range. Null without intervals. */
  lastChangeMs: number | null;
  /** When the newest report that the row includes occurred: what lies before it is late. Null without intervals. */
  newestMs: number | null;
}

export interface BoardColumn {
  readonly offsetMs: number;
  readonly label: string;
}

export interface Place {
  readonly epoch: number;
  readonly seq: bigint;
}

/** Where nothing is known of a site's order. */
export const NO_PLACE: Place = { epoch: 0, seq: 0n };

/** A reason of a break, which means what its site says. */
export interface Reason {
  readonly site: string;
  readonly code: string;
}

/** A part that could not be had. */
export interface MissingPart {
  readonly part: string;
  /** Since when, since 1970; null if that is not known. */
  readonly sinceMs: number | null;
  /** The permission that the reader lacks; empty if that is not why. */
  readonly permission: string;
}

/** A range of one or several sites: a snapshot of the server that in-order changes are applied to. */
export interface Board {
  readonly sites: readonly string[];
  /** What people call the site; empty for several. */
  readonly siteName: string;
  /** Null for a range that is no day. */
  readonly day: IsoDay | null;
  readonly timeZone: string;
  readonly startMs: number;
  readonly lengthMs: number;
  readonly columns: readonly BoardColumn[];
  readonly rows: readonly BoardRow[];
  readonly rowOf: ReadonlyMap<string, number>;
  /** The first one is none. */
  readonly reasons: Reason[];
  /** What people call teams, lines, skills and sites, by resource name. */
  readonly labels: ReadonlyMap<string, Label>;
  /** How many people have no row, since their past is for others. */
  readonly withheldCount: number;
  /** States could not be had, and rows say nothing. */
  readonly missingParts: readonly string[];
  /** All that could not be had, with the why. */
  readonly missing: readonly MissingPart[];
  readonly firstDataDay: IsoDay | null;
  readonly lastDataDay: IsoDay | null;
  readonly serverMs: number;
  /** How far the server's clock is ahead of this computer's. */
  readonly skewMs: number;
  /** The place in each site's order that the board includes. */
  readonly places: Map<string, Place>;
  /** Counts the changes that were applied: a painting of an older revision is out of date. */
  revision: number;
}

export function boardFrom(
  heatmap: Heatmap, timelines: Timelines, receivedMs: number, sites: readonly string[] = [heatmap.site],
): Board {
  const startMs = epochMs(heatmap.startTime) ?? 0;
  const serverMs = epochMs(heatmap.serverTime) ?? receivedMs;
  const reasons: Reason[] = [{ site: "", code: "" }];
  const rows = rowsFrom(heatmap, timelines, reasons);
  return {
    sites,
    siteName: heatmap.siteDisplayName,
    day: dayFromWire(heatmap.day),
    timeZone: heatmap.timeZone,
    startMs,
    lengthMs: (epochMs(heatmap.endTime) ?? startMs) - startMs,
    columns: heatmap.columns.map((column) => ({
      offsetMs: (epochMs(column.startTime) ?? startMs) - startMs,
      label: column.label,
    })),
    rows,
    rowOf: new Map(rows.map((row, index) => [row.agent, index])),
    reasons,
    labels: new Map(heatmap.labels.map((label) => [label.name, label])),
    withheldCount: heatmap.withheldCount,
    missingParts: heatmap.timelines === undefined ? heatmap.missing.map((part) => part.part) : [],
    missing: heatmap.missing.map(missingFrom),
    firstDataDay: dayFromWire(heatmap.firstDataDay),
    lastDataDay: dayFromWire(heatmap.lastDataDay),
    serverMs,
    skewMs: serverMs - receivedMs,
    places: new Map(heatmap.cursors.map(({ site, epoch, seq }) => [site, { epoch, seq }])),
    revision: 0,
  };
}

export function epochMs(time: Timestamp | undefined): number | null {
  return time === undefined ? null : Number(time.seconds) * 1000 + Math.floor(time.nanos / 1e6);
}

function missingFrom({ part, sinceTime, permission }: Heatmap_MissingPart): MissingPart {
  return { part, sinceMs: epochMs(sinceTime), permission };
}

/** The place of a reason among the board's, where it is put if it is new. */
export function reasonIndex(reasons: Reason[], site: string, code: string): number {
  if (code === "") return 0;
  const known = reasons.findIndex((reason) => reason.code === code && reason.site === site);
  return known < 0 ? reasons.push({ site, code }) - 1 : known;
}

function rowsFrom(heatmap: Heatmap, timelines: Timelines, reasons: Reason[]): BoardRow[] {
  const codesOf = remembered((site: string) => timelines.looks.map((look) =>
    encodeInterval(look.state, look.marks, look.activity, reasonIndex(reasons, site, look.reason), look.capacityLeft)));
  const firsts = [0];
  for (const count of timelines.counts) firsts.push((firsts.at(-1) as number) + count);
  const plans = plansFrom(heatmap.plan);
  return heatmap.rows.map((row) => {
    const { agent, displayName: name, site, team, line, skills } = row;
    const index = row.timelineNumber - 1;
    const own = intervals(timelines, codesOf(site), firsts[index] ?? 0, timelines.counts[index] ?? 0);
    const lastChangeMs = index < 0 ? null : Number(timelines.lastChangesMs[index]);
    const firstShift = row.firstShift - 1;
    const shifts = firstShift < 0 ? NO_SHIFTS : plans.slice(firstShift, firstShift + row.shiftCount);
    return { agent, name, site, team, line, skills, shifts, ...own, lastChangeMs, newestMs: lastChangeMs };
  });
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

const NO_SHIFTS: readonly PlannedShift[] = [];

function intervals(timelines: Timelines, codes: readonly IntervalCode[], first: number, count: number) {
  const row = { starts: [] as number[], codes: [] as IntervalCode[] };
  let start = 0;
  for (let index = first; index < first + count; index++) {
    row.starts.push(start);
    row.codes.push(codes[timelines.lookIndexes[index] as number] as IntervalCode);
    start += timelines.lengthsMs[index] as number;
  }
  return row;
}
