import { useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { getAgentDay } from "../api/agentDay";
import { listStateLog } from "../api/stateLog";
import { useRenewal } from "../api/useRenewal";
import type { Board } from "../board/model";
import type { AgentDay } from "../gen/muster/gateway/v1/board_service_pb";
import type { ListStateLogResponse } from "../gen/muster/presence/v1/presence_service_pb";

/** The agent's day over the board's span, asked for anew when a newer report or a new snapshot tells that it has changed. */
export function useAgentDay(board: Board, agent: string, newestChangeMs: number | null): UseQueryResult<AgentDay> {
  const day = useQuery({
    queryKey: ["agentDay", agent, board.startMs, board.lengthMs, board.timeZone],
    queryFn: ({ signal }) => getAgentDay(agent, board.startMs, board.startMs + board.lengthMs, board.timeZone, signal),
  });
  const { refetch } = day;
  const shown = useRef({ board, newestChangeMs });
  useEffect(() => {
    const before = shown.current;
    shown.current = { board, newestChangeMs };
    // A new snapshot of the day may hold a late report, which leaves the newest one where it is.
    const hasChanged = before.board !== board || before.newestChangeMs !== newestChangeMs;
    if (hasChanged && before.board.startMs === board.startMs) void refetch();
  }, [board, newestChangeMs, refetch]);
  return day;
}

export interface LogPages {
  readonly pages: readonly ListStateLogResponse[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly loadMore: () => void;
}

/** The log page by page: the first one came with the day, which was read at `readMs`. */
export function useLogPages(board: Board, agent: string, first: ListStateLogResponse, readMs: number | null): LogPages {
  const rest = useInfiniteQuery({
    queryKey: ["log", agent, board.startMs, board.lengthMs, first.nextPageToken],
    queryFn: ({ pageParam, signal }) =>
      listStateLog(agent, board.startMs, board.startMs + board.lengthMs, pageParam, signal),
    initialPageParam: first.nextPageToken,
    getNextPageParam: (page) => page.nextPageToken || null,
    enabled: false,
  });
  useRenewal(rest, readMs);
  return {
    pages: [first, ...(rest.data?.pages ?? [])],
    hasMore: rest.data === undefined ? first.nextPageToken !== "" : rest.hasNextPage,
    isLoading: rest.isFetching,
    loadMore: () => void (rest.data === undefined ? rest.refetch() : rest.fetchNextPage()),
  };
}
