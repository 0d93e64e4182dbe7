import { useEffect, useState } from "react";
import { subscribe } from "../api/push";
import type { LiveBoard } from "./live";

/** Has the board asked for anew when people or shifts of the site change. */
export function useRoster(site: string, live: LiveBoard, maySee: boolean): void {
  // What was lost to one subscription, a snapshot tells; the next one begins after it.
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!maySee) return undefined;
    const subscription = subscribe("roster", site, null, {
      onSignal: () => undefined,
      onFrame: () => live.refreshRoster(),
      onResync: () => {
        live.refreshRoster();
        setTurn((former) => former + 1);
      },
      onRefused: () => undefined,
      onBroken: () => undefined,
    });
    return () => subscription.close();
  }, [site, live, maySee, turn]);
}
