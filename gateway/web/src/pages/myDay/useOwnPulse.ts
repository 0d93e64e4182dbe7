import { useEffect, useState } from "react";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { beat } from "../../api/ownState";
import { beatPauseMs, NO_PULSE, type Pulse } from "./model/presence";

/** Tells the server that this page is awake, for as long as what she pressed depends on it. */
export function useOwnPulse(source: string, agent: string, isNeeded: boolean): Pulse {
  const [pulse, setPulse] = useState(NO_PULSE);
  useEffect(() => {
    if (!isNeeded) return setPulse(NO_PULSE);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = NO_PULSE;
    let hasEnded = false;
    const tell = async () => {
      clearTimeout(timer);
      try {
        const { lease } = await beat(source, agent);
        current = { heardMs: Date.now(), leaseMs: lease === undefined ? null : durationMs(lease), isFailing: false };
      } catch {
        current = { ...current, isFailing: true };
      }
      if (hasEnded) return;
      setPulse(current);
      timer = setTimeout(() => void tell(), beatPauseMs(current));
    };
    // A page that wakes does not wait for its timer.
    const onWake = () => document.hidden || void tell();
    document.addEventListener("visibilitychange", onWake);
    window.addEventListener("online", onWake);
    void tell();
    return () => {
      hasEnded = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onWake);
      window.removeEventListener("online", onWake);
    };
  }, [source, agent, isNeeded]);
  return pulse;
}
