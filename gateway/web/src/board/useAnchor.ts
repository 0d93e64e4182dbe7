import { useLayoutEffect, useRef, type RefObject } from "react";
import { anchoredScrollTop, type Shown } from "./anchor";

/** Keeps what somebody reads where it is when lines change by themselves; what was asked for moves as it was asked. */
export function useAnchor(
  grid: RefObject<HTMLElement | null>, shown: Shown, turn: number, cursorPosition: number,
  scrollTop: number, onScroll: (top: number) => void,
): void {
  const former = useRef({ shown, turn, cursorPosition });
  useLayoutEffect(() => {
    const before = former.current;
    former.current = { shown, turn, cursorPosition };
    const element = grid.current;
    const isSame = before.shown.lines === shown.lines && before.shown.layout === shown.layout;
    if (element === null || isSame || before.turn !== turn) return;
    // Where lines went, the browser has moved an end that is no longer there.
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight;
    const seen = isAtEnd ? Math.max(scrollTop, element.scrollTop) : element.scrollTop;
    const top = anchoredScrollTop(before.shown, shown, seen, before.cursorPosition);
    if (top === element.scrollTop) return;
    element.scrollTop = top;
    onScroll(element.scrollTop);
  });
}
