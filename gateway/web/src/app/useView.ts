import { useCallback, useMemo, useSyncExternalStore } from "react";
import { formatView, parseView, type View } from "./view";

const BOARD_PATH = "/board";
const changed = new EventTarget();

export type ChangeView = (change: Partial<View>, how?: "push" | "replace") => void;

/** The view in the address bar. A move to another place is a step of the browser's history, a refinement is none. */
export function useView(): [View, ChangeView] {
  const query = useSyncExternalStore(subscribe, () => window.location.search);
  const view = useMemo(() => parseView(query), [query]);
  const change = useCallback<ChangeView>((part, how = "push") => {
    const next = formatView({ ...parseView(window.location.search), ...part });
    const address = next === "" ? BOARD_PATH : `${BOARD_PATH}?${next}`;
    if (address === window.location.pathname + window.location.search) return;
    if (how === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
    changed.dispatchEvent(new Event("change"));
  }, []);
  return [view, change];
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  changed.addEventListener("change", listener);
  return () => {
    window.removeEventListener("popstate", listener);
    changed.removeEventListener("change", listener);
  };
}
