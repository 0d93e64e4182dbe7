import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { Query } from "../../../api/http";

const ROOT = "administration";

/** Loads what a section shows; every change that succeeds loads it anew. */
export function useLoaded<Data>(
  key: readonly (string | Query)[], load: (signal: AbortSignal) => Promise<Data>, enabled = true,
): UseQueryResult<Data> {
  return useQuery({ queryKey: [ROOT, ...key], queryFn: ({ signal }) => load(signal), enabled });
}

/** Loads everything anew that these pages show. */
export function useReload(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [ROOT] });
}
