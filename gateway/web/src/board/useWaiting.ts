import { useEffect, useState } from "react";
import { subscribe } from "../api/push";
import type { ToldQueues } from "./queues";
import { sumUpSites, type WaitingSum } from "./waiting";

/** How the queues of the board's sites stand, each alone and together. */
export interface WaitingView {
  readonly sum: WaitingSum;
  readonly told: ToldQueues;
}

const UNKNOWN: ToldQueues = new Map();

/** How the sites' queues stand, as the push stream tells; null until it told of all, or for who may not see them. */
export function useWaiting(sites: readonly string[], maySee: boolean): WaitingView | null {
  const [told, setTold] = useState(UNKNOWN);
  const names = sites.join();
  useEffect(() => {
    setTold(UNKNOWN);
    if (!maySee) return undefined;
    const subscriptions = sites.map((site) => {
      // What is not fresh any more says nothing of now: since when it stands still is told with it.
      const stop = () => setTold((known) => stoppedAt(known, site, Date.now()));
      return subscribe("waiting", site, null, {
        onSignal: () => undefined,
        onFrame: ({ figures }) => setTold((known) => new Map([...known, [site, { figures, stillSinceMs: null }]])),
        onMissing: stop,
        onResync: stop,
        onRefused: () => setTold((known) => new Map([...known].filter(([other]) => other !== site))),
        onBroken: stop,
      });
    });
    return () => subscriptions.forEach((subscription) => subscription.close());
  }, [names, maySee]);
  const sum = sumUpSites(sites, told);
  return sum === null ? null : { sum, told };
}

function stoppedAt(known: ToldQueues, site: string, nowMs: number): ToldQueues {
  const last = known.get(site);
  if (last === undefined || last.stillSinceMs !== null) return known;
  return new Map([...known, [site, { ...last, stillSinceMs: nowMs }]]);
}
