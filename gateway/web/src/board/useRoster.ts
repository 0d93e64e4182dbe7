import { useEffect } from "react";
import { subscribe, type Subscription } from "../api/push";
import type { LiveBoard } from "./live";

/** Has the board asked for anew when people or shifts of its sites change. */
export function useRoster(sites: readonly string[], live: LiveBoard, maySee: boolean): void {
  const names = sites.join();
  useEffect(() => {
    if (!maySee) return undefined;
    const closes = sites.map((site) => followRoster(site, live));
    return () => closes.forEach((close) => close());
  }, [names, live, maySee]);
}

function followRoster(site: string, live: LiveBoard): () => void {
  let subscription: Subscription | null = null;
  const follow = () => {
    subscription = subscribe("roster", site, null, {
      onSignal: () => undefined,
      onFrame: () => live.refreshRoster(),
      // What was lost to one subscription, a snapshot tells; the next one begins after it.
      onResync: () => {
        live.refreshRoster();
        follow();
      },
      onRefused: () => undefined,
      onBroken: () => undefined,
    });
  };
  follow();
  return () => subscription?.close();
}
