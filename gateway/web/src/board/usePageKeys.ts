import { useEffect, useRef } from "react";

interface PageKeys {
  readonly goToDay: (step: number) => void;
  readonly focusSearch: () => void;
  readonly showKeys: () => void;
}

/** The keys that work everywhere on the page, except where somebody types. */
export function usePageKeys(keys: PageKeys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const action = actionOf(event.key, current.current);
      if (action === null) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function actionOf(key: string, keys: PageKeys): (() => void) | null {
  switch (key) {
    case "[": return () => keys.goToDay(-1);
    case "]": return () => keys.goToDay(1);
    case "/": return keys.focusSearch;
    case "?": return keys.showKeys;
    default: return null;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea, dialog") !== null;
}
