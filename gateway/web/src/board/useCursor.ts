import { useCallback, useMemo, useState } from "react";
import type { Cursor } from "./cursor";
import { isGroupLine } from "./lines";
import type { Board } from "./model";

interface Held {
  readonly cursor: Cursor;
  /** The board whose rows it points to. */
  readonly board: Board | null;
}

/** The cursor, which stays on its person, in the same moment, when a new snapshot has the rows in other places. */
export function useCursor(board: Board | null): [Cursor | null, (cursor: Cursor | null) => void] {
  const [held, setHeld] = useState<Held | null>(null);
  const set = useCallback((cursor: Cursor | null) => setHeld(cursor === null ? null : { cursor, board }), [board]);
  const cursor = useMemo(() => {
    if (held === null || held.board === board) return held?.cursor ?? null;
    return moved(held.cursor, held.board, board);
  }, [held, board]);
  const isOnBoard = cursor !== null && (isGroupLine(cursor.line) || board?.rows[cursor.line] !== undefined);
  return [isOnBoard ? cursor : null, set];
}

function moved(cursor: Cursor, before: Board | null, board: Board | null): Cursor | null {
  if (isGroupLine(cursor.line)) return null;
  const agent = before?.rows[cursor.line]?.agent;
  const row = agent === undefined ? undefined : board?.rowOf.get(agent);
  return row === undefined ? null : { ...cursor, line: row };
}
