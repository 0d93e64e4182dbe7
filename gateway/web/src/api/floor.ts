import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { JsonValue } from "@bufbuild/protobuf";
import { FloorSchema, type Floor } from "../gen/muster/floor/v1/floor_service_pb";
import { get, readJson, write } from "./http";

const KEY = ["floor"] as const;
const REFRESH_MS = 5_000;

/** What can be made to happen. */
export type Play =
  | { readonly verb: "startSurge"; readonly queue: string; readonly factor: number; readonly duration: string }
  | { readonly verb: "startOutage"; readonly source: string; readonly duration: string }
  | { readonly verb: "startSignIn"; readonly site: string };

/** The demo floor; null where none runs, or none that the account sees. It is asked anew while somebody looks or something goes on. */
export function useFloor(isWatched: boolean): Floor | null {
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get(FloorSchema, "/v1/floor", {}, signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => state.data !== undefined && (isWatched || state.data.incidents.length > 0) ? REFRESH_MS : false,
  });
  return data === undefined || data.sites.length === 0 ? null : data;
}

export function usePlay() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ verb, ...request }: Play) =>
      readJson(FloorSchema, (await write("POST", `/v1/floor:${verb}`, request)) as JsonValue),
    onSuccess: (floor) => queries.setQueryData(KEY, floor),
  });
}
