import { useCallback, useMemo } from "react";
import type { ChangeView } from "../app/useView";
import type { Board, BoardRow } from "./model";

const NONE: readonly BoardRow[] = [];

/** The people who are picked together, in the order in which they were. */
export function usePicked(board: Board | null, names: readonly string[], changeView: ChangeView) {
  const listed = names.join();
  const picked = useMemo(() => {
    if (board === null || listed === "") return NONE;
    return listed.split(",").flatMap((agent) => board.rows[board.rowOf.get(agent) ?? -1] ?? []);
  }, [board, listed]);
  const pick = useCallback((agent: string) => {
    const known = listed === "" ? [] : listed.split(",");
    const others = known.filter((other) => other !== agent);
    changeView({ picked: others.length < known.length ? others : [...others, agent] }, "replace");
  }, [listed, changeView]);
  const clearPicked = useCallback(() => changeView({ picked: [] }, "replace"), [changeView]);
  return { picked, pick, clearPicked };
}
