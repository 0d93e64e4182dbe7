import { useSyncExternalStore } from "react";

const changed = new EventTarget();

export type Move = "push" | "replace";

/** Moves to an address of this app: as a step of the browser's history, or in place of the present one. */
export function moveTo(address: string, how: Move = "push"): void {
  if (address === window.location.pathname + window.location.search) return;
  if (how === "push") window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
  changed.dispatchEvent(new Event("change"));
}

/** The path in the address bar. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** The query in the address bar. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => window.location.search);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  changed.addEventListener("change", listener);
  return () => {
    window.removeEventListener("popstate", listener);
    changed.removeEventListener("change", listener);
  };
}
