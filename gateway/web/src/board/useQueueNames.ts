import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getWaiting } from "../api/waiting";
import { nameIn } from "./useReasonNames";

export interface QueueNames {
  /** What people call a queue, in the reader's language; its id where there is no name, or none is known. */
  readonly of: (queue: string) => string;
  readonly isPending: boolean;
}

/** The names of the sites' queues: the push stream tells figures alone. */
export function useQueueNames(sites: readonly string[]): QueueNames {
  const { i18n } = useTranslation();
  const { data, isPending } = useQuery({
    queryKey: ["queueNames", sites],
    queryFn: async ({ signal }) => {
      const { queues } = await getWaiting(sites, signal);
      return new Map(queues.map(({ figures, displayNames }) => [figures?.queue, displayNames]));
    },
    staleTime: 5 * 60_000,
    retry: false,
  });
  return { of: (queue) => nameIn(data?.get(queue) ?? {}, i18n.language) ?? queue.slice(queue.lastIndexOf("/") + 1), isPending };
}
