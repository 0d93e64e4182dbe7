import { useEffect, useState, type RefObject } from "react";

/**
 * This computer's time, renewed each second while the page is seen. It waits while `isBusy` says so: what follows from it
 * is counted anew for everybody, and would be felt under the hand.
 */
export function useNow(isBusy?: RefObject<() => boolean>): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden && isBusy?.current() !== true) setNow(Date.now());
    }, 1000);
    return () => clearInterval(timer);
  }, [isBusy]);
  return now;
}
