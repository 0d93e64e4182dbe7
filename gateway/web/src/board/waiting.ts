import type { QueueFigures } from "../gen/muster/dispatch/v1/queue_pb";
import { epochMs } from "./model";
import type { ToldQueues } from "./queues";

/** How all queues of one or several sites stand together. */
export interface WaitingSum {
  readonly waiting: number;
  /** When the one that waits longest entered its queue, since 1970; null if none waits. */
  readonly oldestMs: number | null;
  /** The service level of the day, 0 to 1; null if there is nothing to divide by, or queues are figured differently. */
  readonly serviceLevel: number | null;
}

/** Since when the sites' queues are not all live, by this computer's clock; null while they are. */
export function stillSinceOf(told: ToldQueues): number | null {
  const instants = [...told.values()].flatMap(({ stillSinceMs }) => stillSinceMs ?? []);
  return instants.length === 0 ? null : Math.min(...instants);
}

/** Sums up the queues of sites; null while one of them did not tell, or if there is none: a part would pass for the whole. */
export function sumUpSites(sites: readonly string[], told: ToldQueues): WaitingSum | null {
  const figures = sites.flatMap((site) => told.get(site)?.figures ?? []);
  return figures.length === 0 || sites.some((site) => !told.has(site)) ? null : sumUpQueues(figures);
}

/** Sums up queues; their service level is sum over sum, never a mean of shares. */
export function sumUpQueues(figures: readonly QueueFigures[]): WaitingSum {
  const oldest = figures.flatMap(({ oldestEnqueueTime }) => epochMs(oldestEnqueueTime) ?? []);
  return {
    waiting: figures.reduce((sum, queue) => sum + queue.waitingCount, 0),
    oldestMs: oldest.length === 0 ? null : Math.min(...oldest),
    serviceLevel: serviceLevelOf(figures),
  };
}

interface Share {
  readonly inTime: number;
  readonly offered: number;
}

/** The formulas by the ids under which the server publishes them. */
const FORMULAS: Readonly<Record<string, (queue: QueueFigures) => Share>> = {
  "of_offered.v1": (queue) => ({
    inTime: queue.answeredInTimeCount, offered: queue.answeredCount + leaversOf(queue),
  }),
  "of_offered_without_short_abandons.v1": (queue) => ({
    inTime: queue.answeredInTimeCount, offered: queue.answeredCount + leaversOf(queue) - queue.shortAbandonedCount,
  }),
  "of_answered.v1": (queue) => ({ inTime: queue.answeredInTimeCount, offered: queue.answeredCount }),
  "of_offered_short_abandons_in_time.v1": (queue) => ({
    inTime: queue.answeredInTimeCount + queue.shortAbandonedCount, offered: queue.answeredCount + leaversOf(queue),
  }),
};

function serviceLevelOf(figures: readonly QueueFigures[]): number | null {
  const first = figures[0];
  const formula = FORMULAS[first?.serviceLevelPolicy ?? ""];
  const isOne = figures.every((queue) => queue.serviceLevelPolicy === first?.serviceLevelPolicy);
  if (formula === undefined || !isOne) return null;
  const shares = figures.map(formula);
  const offered = shares.reduce((sum, share) => sum + share.offered, 0);
  return offered <= 0 ? null : shares.reduce((sum, share) => sum + share.inTime, 0) / offered;
}

function leaversOf(queue: QueueFigures): number {
  const others = queue.timedOutCount + queue.overflowedCount + queue.callbackCount;
  return queue.abandonedCount + (queue.includesOtherLeavers ? others : 0);
}
