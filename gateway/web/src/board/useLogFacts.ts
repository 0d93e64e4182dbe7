import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listStateLog } from "../api/stateLog";
import type { StateLogEntry } from "../gen/muster/presence/v1/state_pb";
import { epochMs, type Board, type BoardRow } from "./model";

/** A look at somebody's log is on record: it is one that was meant, and no sweep of the pointer. */
const DWELL_MS = 500;
const NEAR_MS = 1_000;

export interface LogFacts {
  readonly source: string;
  /** The contacts and jobs in hand; empty for none. */
  readonly contacts: string;
}

/** What the log tells of the interval that begins at an offset, once the cursor has rested on the row. */
export function useLogFacts(board: Board, row: BoardRow, fromMs: number | null): LogFacts | null {
  const hasRested = useRested(row.agent);
  const log = useQuery({
    queryKey: ["logHead", row.agent, board.startMs, board.lengthMs, row.newestMs],
    queryFn: ({ signal }) => listStateLog(row.agent, board.startMs, board.startMs + board.lengthMs, "", signal),
    enabled: hasRested && fromMs !== null,
    staleTime: 60_000,
    // Who may not read the log, or not without saying why, opens it from here.
    retry: false,
  });
  if (log.data === undefined || fromMs === null) return null;
  const { openingEntry, entries } = log.data;
  const reported = openingEntry === undefined ? entries : [openingEntry, ...entries];
  const at = board.startMs + fromMs + NEAR_MS;
  const entry = reported.findLast(({ occurredTime }) => (epochMs(occurredTime) ?? 0) <= at);
  return entry === undefined ? null : factsOf(entry);
}

function factsOf({ source, contacts }: StateLogEntry): LogFacts {
  return { source, contacts: contacts.join(", ") };
}

function useRested(agent: string): boolean {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(agent), DWELL_MS);
    return () => clearTimeout(timer);
  }, [agent]);
  return rested === agent;
}
