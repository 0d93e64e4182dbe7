import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { HeatmapSchema } from "../src/gen/muster/gateway/v1/board_service_pb";
import { BoardChangesSchema, type BoardChanges } from "../src/gen/muster/gateway/v1/push_pb";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { SiteTimelines_LookSchema } from "../src/gen/muster/presence/v1/timeline_service_pb";
import { boardFrom, type Board } from "../src/board/model";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
export const DAY_START = Date.UTC(2026, 2, 10);
export const SEQ = 100n;

export type Span = readonly [startMs: number, state: State];

export const HARBOUR = "sites/harbour";

/** A day of 24 hours in UTC, each agent with the starts of its intervals; `delta-1` is of `sites/delta`. */
export function aBoard(
  people: Record<string, readonly Span[]>, nowMs = DAY_START + 24 * HOUR, sites: readonly string[] = [HARBOUR],
): Board {
  const rows = Object.entries(people);
  const told = rows.filter(([, row]) => row.length > 0);
  return boardFrom(create(HeatmapSchema, {
    site: sites.length === 1 ? (sites[0] as string) : "sites/-",
    siteDisplayName: "Harbour",
    day: { year: 2026, month: 3, day: 10 },
    timeZone: "UTC",
    startTime: timestampFromMs(DAY_START),
    endTime: timestampFromMs(DAY_START + 24 * HOUR),
    serverTime: timestampFromMs(nowMs),
    columns: Array.from({ length: 24 }, (_, hour) => ({
      startTime: timestampFromMs(DAY_START + hour * HOUR), label: String(hour).padStart(2, "0"),
    })),
    rows: rows.map(([agent]) => ({
      agent: `agents/${agent}`, displayName: agent, site: sites.find((site) => agent.startsWith(`${site.slice(6)}-`)) ?? HARBOUR, timelineNumber: told.findIndex(([name]) => name === agent) + 1,
    })),
    cursors: sites.map((site) => ({ site, epoch: 1, seq: SEQ })),
  }), {
    counts: told.map(([, row]) => row.length),
    lengthsMs: told.flatMap(([, row]) => row.map(([start], index) => (row[index + 1]?.[0] ?? 24 * HOUR) - start)),
    lookIndexes: told.flatMap(([, row]) => row.map(([, state]) => state)),
    // One look a state, so that a look's place is the number of its state.
    looks: Array.from({ length: 7 }, (_, state) => create(SiteTimelines_LookSchema, { state })),
    lastChangesMs: told.map(([, row]) => BigInt(DAY_START + (row.at(-1) as Span)[0])),
  }, nowMs, sites);
}

export interface Change {
  readonly agent: string;
  readonly at: number;
  readonly state: State;
  readonly reason?: string;
  /** Since when the state holds; since the change itself unless given. */
  readonly since?: number;
  readonly revised?: boolean;
  readonly hasCapacity?: boolean;
}

export function aFrame(seq: bigint, changes: readonly Change[], epoch = 1, site = HARBOUR): BoardChanges {
  return create(BoardChangesSchema, {
    cursor: { site, epoch, seq },
    agents: changes.map((change) => (change.agent === "" ? "" : `agents/${change.agent}`)),
    states: changes.map((change) => change.state),
    reasons: changes.map((change) => change.reason ?? ""),
    activities: changes.map(() => 0),
    occurredTimesMs: changes.map((change) => BigInt(DAY_START + change.at)),
    marks: changes.map(() => 0),
    sinceTimesMs: changes.map((change) => BigInt(DAY_START + (change.since ?? change.at))),
    revised: changes.map((change) => change.revised ?? false),
    capacityLeft: changes.map((change) => change.hasCapacity ?? false),
  });
}

/** A row as text: `00:00 ONLINE, 09:30 BUSY`. */
export function told(board: Board, agent: string): string {
  const row = board.rows[board.rowOf.get(`agents/${agent}`) ?? -1];
  return (row?.starts ?? []).map((start, index) => {
    const clock = new Date(DAY_START + start).toISOString().slice(11, 16);
    return `${clock} ${State[(row?.codes[index] ?? 0) & 7]}`;
  }).join(", ");
}

/** Packs numbers as the contract describes it. */
export async function packed(numbers: readonly number[], width: number): Promise<Uint8Array> {
  const planes = Array.from({ length: width }, (_, place) => numbers.map((number) => (number >>> (8 * place)) & 255));
  const stream = new Blob([Uint8Array.from(planes.flat())]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
