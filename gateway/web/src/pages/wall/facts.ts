import { epochMs } from "../../board/model";
import { unpackNumbers } from "../../api/packed";
import type { TeamStrips } from "../../gen/muster/gateway/v1/board_service_pb";
import type { Wall } from "../../gen/muster/gateway/v1/wall_service_pb";
import { State } from "../../gen/muster/presence/v1/state_pb";

const STATE_NUMBERS = 7;
const NUMBER_BYTES = 4;

/** Of one group: how many people were in each state and how many were planned, block of five minutes by block. */
export interface Strip {
  readonly name: string;
  readonly isSuppressed: boolean;
  readonly peopleCount: number;
  /** By block, then by State number; no people for time that has not passed. */
  readonly counts: readonly (readonly number[])[];
  /** By block; null if the plan could not be had. */
  readonly planned: readonly number[] | null;
}

export interface Strips {
  readonly startMs: number;
  readonly endMs: number;
  readonly passedMs: number;
  readonly groups: readonly Strip[];
}

/** What a wall shows, as it was told. */
export interface WallFacts {
  readonly siteName: string;
  readonly zone: string;
  readonly serverMs: number;
  readonly floor: Wall["floor"] | null;
  readonly queues: { readonly waiting: number; readonly oldestMs: number | null; readonly serviceLevel: number | null } | null;
  readonly whole: Strips | null;
  readonly teams: Strips | null;
  /** Since when each part cannot be had, by its name; null where nobody knows. */
  readonly missing: ReadonlyMap<string, number | null>;
}

export async function readWall(message: Wall): Promise<WallFacts> {
  const { queues } = message;
  return {
    siteName: message.siteDisplayName || message.site,
    zone: message.timeZone,
    serverMs: epochMs(message.serverTime) ?? 0,
    floor: message.floor ?? null,
    queues: queues === undefined ? null : {
      waiting: queues.waitingCount,
      oldestMs: epochMs(queues.oldestEnqueueTime) ?? null,
      serviceLevel: queues.serviceLevelRatio ?? null,
    },
    whole: await readStrips(message.siteStrip, message.sitePlannedHeadcountsPacked),
    teams: await readStrips(message.teamStrips, message.teamPlannedHeadcountsPacked),
    missing: new Map(message.missing.map(({ part, sinceTime }) => [part, epochMs(sinceTime) ?? null])),
  };
}

/** Null if presence did not tell. */
async function readStrips(strips: TeamStrips | undefined, plannedPacked: Uint8Array): Promise<Strips | null> {
  if (strips === undefined || strips.headcountsPacked.length === 0) return null;
  const [counts, planned] = await Promise.all([
    unpackNumbers(strips.headcountsPacked, NUMBER_BYTES), unpackNumbers(plannedPacked, NUMBER_BYTES),
  ]);
  const names = new Map(strips.labels.map((label) => [label.name, label.displayName]));
  const [startMs, endMs, passedMs] = [strips.startTime, strips.endTime, strips.passedTime].map((time) => epochMs(time) ?? 0) as
    [number, number, number];
  const passedBlocks = ((passedMs - startMs) / (endMs - startMs)) * strips.blockCount;
  return {
    startMs, endMs, passedMs,
    groups: strips.strips.map((strip, group) => ({
      name: names.get(strip.key) ?? strip.key.replace(/^\w+\//, ""),
      isSuppressed: strip.suppressed,
      peopleCount: strip.agentCount,
      counts: blocks(strips.blockCount, (block) =>
        statesAt(counts, group * strips.blockCount + block, passedBlocks - block)),
      planned: planned.length === 0 ? null : blocks(strips.blockCount, (block) => (planned[group * strips.blockCount + block] ?? 0) / 100),
    })),
  };
}

function blocks<T>(count: number, at: (block: number) => T): T[] {
  return Array.from({ length: count }, (_, block) => at(block));
}

/** The mean of a block over what of it has passed: of the running one nobody has left because it is not over. */
function statesAt(counts: Uint32Array, place: number, passed: number): number[] {
  const share = passed > 0 && passed < 1 ? passed : 1;
  return [...counts.subarray(place * STATE_NUMBERS, (place + 1) * STATE_NUMBERS)].map((hundredths) => hundredths / 100 / share);
}

export const AT_WORK = [State.ONLINE, State.BUSY, State.WRAP_UP] as const;

/** How many of a block were in some of the states. */
export function sumOf(counts: readonly number[], states: readonly State[]): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** How many are planned at an instant; null if the plan could not be had, or the instant lies outside. */
export function plannedAt(strips: Strips | null, instantMs: number): number | null {
  const planned = strips?.groups[0]?.planned ?? null;
  if (strips === null || planned === null || strips.groups[0]?.isSuppressed === true) return null;
  const block = Math.floor(((instantMs - strips.startMs) / (strips.endMs - strips.startMs)) * planned.length);
  return planned[block] ?? null;
}
