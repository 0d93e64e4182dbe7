import { unpackNumbers } from "../api/packed";
import type { SiteTimelines, SiteTimelines_Look as Look } from "../gen/muster/presence/v1/timeline_service_pb";

/** Timelines of many agents, unpacked: interval i of the whole belongs to the agent whose count covers i. */
export interface Timelines {
  readonly counts: readonly number[];
  readonly lengthsMs: ArrayLike<number>;
  readonly lookIndexes: ArrayLike<number>;
  readonly looks: readonly Look[];
  readonly lastChangesMs: readonly bigint[];
}

export const NO_TIMELINES: Timelines = { counts: [], lengthsMs: [], lookIndexes: [], looks: [], lastChangesMs: [] };

const LENGTH_BYTES = 4;
const LOOKS_IN_A_BYTE = 256;

export async function unpackTimelines(packed: SiteTimelines | undefined): Promise<Timelines> {
  if (packed === undefined) return NO_TIMELINES;
  const lookBytes = packed.looks.length > LOOKS_IN_A_BYTE ? 2 : 1;
  const [lengths, lookIndexes] = await Promise.all([
    unpackNumbers(packed.lengthsPacked, LENGTH_BYTES), unpackNumbers(packed.lookIndexesPacked, lookBytes),
  ]);
  return {
    counts: packed.intervalCounts,
    lengthsMs: lengths.map((length) => length * packed.unitMs),
    lookIndexes,
    looks: packed.looks,
    lastChangesMs: packed.lastChangeTimesMs,
  };
}
