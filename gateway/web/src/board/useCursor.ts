import { useEffect, useRef, useState } from "react";
import type { Cursor } from "./cursor";
import { isGroupLine } from "./lines";
import type { Board } from "./model";

/** The cursor, which stays on its person when a new snapshot has the rows in other places. */
export function useCursor(board: Board | null): [Cursor | null, (cursor: Cursor | null) => void] {
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const former = useRef(board);
  useEffect(() => {
    const before = former.current;
    former.current = board;
    if (before === board) return;
    setCursor((current) => (current === null ? null : moved(current, before, board)));
  }, [board]);
  const isOnBoard = cursor !== null && (isGroupLine(cursor.line) || board?.rows[cursor.line] !== undefined);
  return [isOnBoard ? cursor : null, setCursor];
}

function moved(cursor: Cursor, before: Board | null, board: Board | null): Cursor | null {
  if (isGroupLine(cursor.line)) return null;
  const agent = before?.rows[cursor.line]?.agent;
  const row = agent === undefined ? undefined : board?.rowOf.get(agent);
  return row === undefined ? null : { ...cursor, line: row };
}
