import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { getHeatmap, type Span } from "../api/heatmap";
import { asProblem, type Problem } from "../api/problem";
import { useSessionCheck } from "../app/session";
import { LiveBoard, type LiveState } from "./live";
import { boardFrom } from "./model";
import { unpackTimelines } from "./timelines";

export interface LiveBoardView extends LiveState {
  readonly live: LiveBoard;
  /** Why the last attempt to load failed; the board then shows what it has, if it has anything. */
  readonly problem: Problem | null;
  /** Another span or site is on its way; the board still shows the former one. */
  readonly isChanging: boolean;
  readonly retry: () => void;
}

/** The board of sites and a span, kept up to date while it is on the screen. */
export function useLiveBoard(sites: readonly string[], span: Span): LiveBoardView {
  const snapshot = useQuery({
    queryKey: ["heatmap", sites, span],
    queryFn: async ({ signal }) => {
      const heatmap = await getHeatmap(sites, span, signal);
      const receivedMs = Date.now();
      return boardFrom(heatmap, await unpackTimelines(heatmap.timelines), receivedMs, sites);
    },
    placeholderData: keepPreviousData,
    structuralSharing: false,
    gcTime: 0,
  });
  const checkSession = useSessionCheck();
  const request = useRef(() => undefined as void);
  const broken = useRef(checkSession);
  // One that is on its way is not thrown away: what is late for it too asks again when it is shown.
  request.current = () => void snapshot.refetch({ cancelRefetch: false });
  broken.current = checkSession;
  const live = useMemo(() => new LiveBoard(() => request.current(), () => broken.current()), []);
  useEffect(() => () => live.close(), [live]);
  useEffect(() => {
    if (snapshot.data !== undefined && !snapshot.isPlaceholderData) live.show(snapshot.data);
  }, [live, snapshot.data, snapshot.isPlaceholderData]);
  const problem = snapshot.error === null ? null : asProblem(snapshot.error);
  const isSignedOut = problem?.isSignedOut ?? false;
  useEffect(() => {
    if (isSignedOut) broken.current();
  }, [isSignedOut]);
  const state = useSyncExternalStore(live.subscribe, live.getState);
  // Of other sites that could not be had the former ones tell nothing.
  const isOfOthers = problem !== null && state.board?.sites.join() !== sites.join();
  return {
    ...state,
    board: isOfOthers ? null : state.board,
    live,
    problem,
    isChanging: snapshot.isPlaceholderData,
    retry: () => {
      void snapshot.refetch();
      live.retry();
    },
  };
}
