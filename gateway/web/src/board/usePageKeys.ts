import { useEffect, useRef } from "react";

export interface PageKeys {
  readonly goToDay: (step: number) => void;
  readonly focusSearch: () => void;
  readonly showKeys: () => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly goToBoard: () => void;
}

/** How long after `g` the letter of a page counts. */
const CHORD_MS = 1_200;
const ZOOM_STEP = 0.6;

/** The keys that work everywhere on the page, except where somebody types. */
export function usePageKeys(keys: PageKeys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    let chordMs = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const isChord = event.timeStamp - chordMs < CHORD_MS;
      chordMs = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const action = isChord ? pageOf(event.key, current.current) : actionOf(event.key, current.current);
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
    case "+":
    case "=": return () => keys.zoom(ZOOM_STEP);
    case "-": return () => keys.zoom(1 / ZOOM_STEP);
    case "0": return keys.fit;
    case "/": return keys.focusSearch;
    case "?": return keys.showKeys;
    default: return null;
  }
}

function pageOf(key: string, keys: PageKeys): (() => void) | null {
  return key === "b" ? keys.goToBoard : null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea, dialog") !== null;
}
