import { useEffect, useRef } from "react";

/** How long after `g` the letter of a page counts. */
const CHORD_MS = 1_200;

/** What a key does; `isChord`: it follows a `g`. Null for nothing. */
export type KeyAction = (key: string, isChord: boolean) => (() => void) | null;

/** Keys that work everywhere on the page, except where somebody types. */
export function useKeys(actionOf: KeyAction): void {
  const current = useRef(actionOf);
  current.current = actionOf;
  useEffect(() => {
    let chordMs = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isDialogOpen()) return;
      const isChord = event.timeStamp - chordMs < CHORD_MS;
      chordMs = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const action = current.current(event.key, isChord);
      if (action === null) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Whether a dialog waits for its answer, ours or one of Ant Design: keys must not lead away from what was typed in it. */
export function isDialogOpen(): boolean {
  return document.querySelector("dialog[open], [aria-modal='true']") !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea") !== null;
}
