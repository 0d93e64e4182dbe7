import { useEffect, useState } from "react";
import { subscribe } from "../api/push";
import type { QueueFigures } from "../gen/muster/dispatch/v1/queue_pb";
import { sumUpSites, type WaitingSum } from "./waiting";

type SiteFigures = ReadonlyMap<string, readonly QueueFigures[]>;

const UNKNOWN: SiteFigures = new Map();

/** How the sites' queues stand together, as the push stream tells; null until it told of all, or for who may not see them. */
export function useWaiting(sites: readonly string[], maySee: boolean): WaitingSum | null {
  const [told, setTold] = useState(UNKNOWN);
  const names = sites.join();
  useEffect(() => {
    setTold(UNKNOWN);
    if (!maySee) return undefined;
    const subscriptions = sites.map((site) => {
      // What is not fresh any more says nothing of now.
      const forget = () => setTold((known) => new Map([...known].filter(([other]) => other !== site)));
      return subscribe("waiting", site, null, {
        onSignal: () => undefined,
        onFrame: ({ figures }) => setTold((known) => new Map([...known, [site, figures]])),
        onMissing: forget,
        onResync: forget,
        onRefused: forget,
        onBroken: forget,
      });
    });
    return () => subscriptions.forEach((subscription) => subscription.close());
  }, [names, maySee]);
  return sumUpSites(sites, told);
}
