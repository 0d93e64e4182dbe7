import type { KeyHint } from "../ui/KeysDialog";
import { useKeys } from "../ui/useKeys";

export interface PageKeys {
  readonly goToDay: (step: number) => void;
  readonly focusSearch: () => void;
  readonly showKeys: () => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly goToBoard: () => void;
}

/** The keys of the board, as the list of keys tells them. */
export const BOARD_KEYS: readonly KeyHint[] = [
  ["↑ ↓ ← →", "keys.arrows"], ["⇧← ⇧→", "keys.hours"], ["Home End", "keys.ends"], ["PgUp PgDn", "keys.pages"],
  ["Enter", "keys.enter"], ["Space", "keys.space"], ["Esc", "keys.escape"], ["+ -", "keys.zoom"], ["0", "keys.fit"],
  ["[ ]", "keys.days"], ["/", "keys.slash"],
];

const ZOOM_STEP = 0.6;

/** The keys that work everywhere on the board, except where somebody types. */
export function usePageKeys(keys: PageKeys): void {
  useKeys((key, isChord) => {
    if (isChord) return key === "b" ? keys.goToBoard : null;
    return actionOf(key, keys);
  });
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
