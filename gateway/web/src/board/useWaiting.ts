import { useEffect, useState } from "react";
import { subscribe } from "../api/push";
import { sumUpQueues, type WaitingSum } from "./waiting";

/** How the site's queues stand, as the push stream tells; null until it does, or for who may not see queues. */
export function useWaiting(site: string, maySee: boolean): WaitingSum | null {
  const [sum, setSum] = useState<WaitingSum | null>(null);
  useEffect(() => {
    setSum(null);
    if (!maySee) return undefined;
    const subscription = subscribe("waiting", site, null, {
      onSignal: () => undefined,
      onFrame: ({ figures }) => setSum(figures.length === 0 ? null : sumUpQueues(figures)),
      onMissing: () => setSum(null),
      onResync: () => setSum(null),
      onRefused: () => setSum(null),
      // What is not fresh any more says nothing of now.
      onBroken: () => setSum(null),
    });
    return () => subscription.close();
  }, [site, maySee]);
  return sum;
}
