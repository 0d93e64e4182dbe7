import { useCallback, useEffect, useSyncExternalStore } from "react";
import { PALETTES, paletteProperties, type Theme } from "../board/palette";
import { recall, remember } from "./preference";

export type ThemeChoice = "system" | Theme;

const CHOICES: readonly ThemeChoice[] = ["system", "light", "dark"];
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let choice: ThemeChoice = CHOICES.find((known) => known === recall("theme")) ?? "system";

/** The theme that is drawn, the choice behind it, and how to choose. */
export function useTheme(): { theme: Theme; choice: ThemeChoice; choose: (next: ThemeChoice) => void } {
  const theme = useSyncExternalStore(subscribe, resolved);
  const chosen = useSyncExternalStore(subscribe, () => choice);
  useEffect(() => dress(theme), [theme]);
  const choose = useCallback((next: ThemeChoice) => {
    choice = next;
    remember("theme", next);
    dress(resolved());
    for (const listener of listeners) listener();
  }, []);
  return { theme, choice: chosen, choose };
}

/** Dresses the document before the first paint, and again before anybody reads the colours of a theme that the system chose. */
export function dressDocument(): void {
  dress(resolved());
  darkness.addEventListener("change", () => dress(resolved()));
}

function dress(theme: Theme): void {
  const root = document.documentElement;
  root.dataset["theme"] = theme;
  for (const [name, value] of paletteProperties(PALETTES[theme])) root.style.setProperty(name, value);
}

function resolved(): Theme {
  if (choice !== "system") return choice;
  return darkness.matches ? "dark" : "light";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  darkness.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    darkness.removeEventListener("change", listener);
  };
}
