import type { QueueFigures } from "../gen/muster/dispatch/v1/queue_pb";
import { epochMs } from "./model";

/** What a site told of its queues last. */
export interface SiteQueues {
  readonly figures: readonly QueueFigures[];
  /** Since when nothing is told any more, by this computer's clock; null while it is live. */
  readonly stillSinceMs: number | null;
}

export type ToldQueues = ReadonlyMap<string, SiteQueues>;

/** How a queue stands now, and how its day went so far. */
export interface QueueRow {
  readonly queue: string;
  readonly waiting: number;
  /** When the one that waits longest entered the queue, since 1970; null if none waits. */
  readonly oldestMs: number | null;
  readonly answered: number;
  readonly abandoned: number;
  /** The service level, 0 to 1; null if there is nothing to divide by. */
  readonly level: number | null;
  readonly rule: LevelRule;
}

/** By what a service level is figured. */
export interface LevelRule {
  readonly policy: string;
  readonly includesOtherLeavers: boolean;
}

/** The queues of one site. */
export interface QueueGroup {
  readonly site: string;
  readonly stillSinceMs: number | null;
  readonly rows: readonly QueueRow[];
}

/** The queues by site, the most urgent first: where somebody waits longest. Sites without queues are left out. */
export function groupsOfQueues(told: ToldQueues): QueueGroup[] {
  const groups = [...told].map(([site, { figures, stillSinceMs }]) => ({
    site, stillSinceMs, rows: figures.map(rowOf).sort((a, b) => oldestOf(a) - oldestOf(b) || byName(a.queue, b.queue)),
  }));
  return groups.filter(({ rows }) => rows.length > 0)
    .sort((a, b) => oldestOf(a.rows[0]) - oldestOf(b.rows[0]) || byName(a.site, b.site));
}

/** The same queues in the places that they had; what is new comes last. */
export function keptInPlace(groups: readonly QueueGroup[], former: readonly QueueGroup[]): QueueGroup[] {
  const sites = former.map(({ site }) => site);
  const queues = former.flatMap(({ rows }) => rows.map(({ queue }) => queue));
  return inOrder(groups, sites, ({ site }) => site)
    .map((group) => ({ ...group, rows: inOrder(group.rows, queues, ({ queue }) => queue) }));
}

/** The rules by which service levels are figured, each once. */
export function levelRulesOf(groups: readonly QueueGroup[]): LevelRule[] {
  const rules = groups.flatMap(({ rows }) => rows.map(({ rule }) => [levelRuleKey(rule), rule] as const));
  return [...new Map(rules)].sort(([a], [b]) => byName(a, b)).map(([, rule]) => rule);
}

/** What tells a rule from others. */
export function levelRuleKey({ policy, includesOtherLeavers }: LevelRule): string {
  return `${policy}${includesOtherLeavers ? "+" : ""}`;
}

function rowOf(figures: QueueFigures): QueueRow {
  return {
    queue: figures.queue,
    waiting: figures.waitingCount,
    oldestMs: epochMs(figures.oldestEnqueueTime),
    answered: figures.answeredCount,
    abandoned: figures.abandonedCount,
    level: figures.serviceLevelRatio ?? null,
    rule: { policy: figures.serviceLevelPolicy, includesOtherLeavers: figures.includesOtherLeavers },
  };
}

function oldestOf(row: QueueRow | undefined): number {
  return row?.oldestMs ?? Number.MAX_SAFE_INTEGER;
}

function byName(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function inOrder<T>(items: readonly T[], order: readonly string[], keyOf: (item: T) => string): T[] {
  const placeOf = (item: T) => (order.includes(keyOf(item)) ? order.indexOf(keyOf(item)) : order.length);
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}
