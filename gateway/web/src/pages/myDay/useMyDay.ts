import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { getMyDay } from "../../api/myDay";
import { subscribe } from "../../api/push";
import type { IsoDay } from "../../board/day";

const MINUTE_MS = 60_000;
/** Changes come in flocks, as when a call ends. */
const SETTLED_MS = 300;

/** Her day, fetched again whenever a change of hers is pushed, when the page wakes, and each minute. */
export function useMyDay(agent: string) {
  const day = useQuery({
    queryKey: ["myDay", agent],
    queryFn: ({ signal }) => getMyDay(agent, null, signal),
    refetchInterval: MINUTE_MS,
    refetchOnWindowFocus: "always",
  });
  const { refetch } = day;
  const site = day.data?.site ?? "";
  useEffect(() => {
    if (site === "") return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void refetch(), SETTLED_MS);
    };
    const stream = subscribe("board", site, null, {
      onSignal: () => undefined,
      onFrame: ({ agents }) => agents.includes(agent) && refresh(),
      // The stream may have lost a change; each minute's reading goes on without it.
      onResync: refresh,
      onRefused: () => undefined,
      onBroken: () => undefined,
    });
    return () => {
      clearTimeout(timer);
      stream.close();
    };
  }, [site, agent, refetch]);
  return day;
}

/** A day that is over; nothing is asked for null. */
export function usePastDay(agent: string, day: IsoDay | null) {
  return useQuery({
    queryKey: ["myDay", agent, day],
    queryFn: ({ signal }) => getMyDay(agent, day, signal),
    enabled: day !== null,
  });
}
