import { useCallback, useMemo } from "react";
import { moveTo, useSearch, type Move } from "./address";
import { formatView, parseView, type View } from "./view";

const BOARD_PATH = "/board";

export type ChangeView = (change: Partial<View>, how?: Move) => void;

/** The view in the address bar. A move to another place is a step of the browser's history, a refinement is none. */
export function useView(): [View, ChangeView] {
  const query = useSearch();
  const view = useMemo(() => parseView(query), [query]);
  const change = useCallback<ChangeView>((part, how = "push") => {
    const next = formatView({ ...parseView(window.location.search), ...part });
    moveTo(next === "" ? BOARD_PATH : `${BOARD_PATH}?${next}`, how);
  }, []);
  return [view, change];
}
