import { useCallback, useSyncExternalStore } from "react";
import { PALETTES, paletteProperties, type Theme } from "../board/palette";
import { recall, remember } from "./preference";

export type ThemeChoice = "system" | Theme;

const CHOICES: readonly ThemeChoice[] = ["system", "light", "dark"];
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let choice: ThemeChoice = CHOICES.find((known) => known === recall("theme")) ?? "system";
/** What the document wears. The system's wish is known before the document follows it: who draws in between reads the old colours. */
let dressed: Theme = "light";

/** The theme that is drawn, the choice behind it, and how to choose. */
export function useTheme(): { theme: Theme; choice: ThemeChoice; choose: (next: ThemeChoice) => void } {
  const theme = useSyncExternalStore(subscribe, () => dressed);
  const chosen = useSyncExternalStore(subscribe, () => choice);
  const choose = useCallback((next: ThemeChoice) => {
    choice = next;
    remember("theme", next);
    dress();
  }, []);
  return { theme, choice: chosen, choose };
}

/** Dresses the document before the first paint, and again whenever the system chooses anew. */
export function dressDocument(): void {
  dress();
  darkness.addEventListener("change", dress);
}

function dress(): void {
  dressed = resolved();
  const root = document.documentElement;
  root.dataset["theme"] = dressed;
  for (const [name, value] of paletteProperties(PALETTES[dressed])) root.style.setProperty(name, value);
  for (const listener of listeners) listener();
}

function resolved(): Theme {
  if (choice !== "system") return choice;
  return darkness.matches ? "dark" : "light";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
