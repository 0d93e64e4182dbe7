import { intervalAt } from "./instant";
import type { Board, BoardRow } from "./model";

/** Where the eye is: a row of the board and an instant of its day. */
export interface Cursor {
  /** Index of the board's rows. */
  readonly row: number;
  readonly offsetMs: number;
  readonly by: "pointer" | "keyboard" | "touch";
}

export type CursorMove =
  | "up" | "down" | "pageUp" | "pageDown" | "previous" | "next" | "hourBack" | "hourOn" | "dayStart" | "dayEnd";

const HOUR_MS = 3_600_000;

/** The move that a key stands for: arrows by person and interval, with Shift by hour. */
export function moveOfKey(key: string, isShift: boolean): CursorMove | null {
  switch (key) {
    case "ArrowUp": return "up";
    case "ArrowDown": return "down";
    case "PageUp": return "pageUp";
    case "PageDown": return "pageDown";
    case "ArrowLeft": return isShift ? "hourBack" : "previous";
    case "ArrowRight": return isShift ? "hourOn" : "next";
    case "Home": return "dayStart";
    case "End": return "dayEnd";
    default: return null;
  }
}

/** Moves the cursor over the rows shown in `order`; up and down keep the instant. */
export function moveCursor(
  board: Board, order: readonly number[], from: Cursor | null, move: CursorMove, pageRows: number, latestMs: number,
): Cursor | null {
  if (order.length === 0) return null;
  const position = from === null ? -1 : order.indexOf(from.row);
  if (from === null || position < 0) return { row: order[0] as number, offsetMs: latestMs, by: "keyboard" };
  const row = board.rows[from.row] as BoardRow;
  const at = (offsetMs: number): Cursor => ({ row: from.row, offsetMs: clamp(offsetMs, 0, latestMs), by: "keyboard" });
  const to = (moved: number): Cursor => {
    const index = order[clamp(moved, 0, order.length - 1)] as number;
    return { row: index, offsetMs: from.offsetMs, by: "keyboard" };
  };
  switch (move) {
    case "up": return to(position - 1);
    case "down": return to(position + 1);
    case "pageUp": return to(position - pageRows);
    case "pageDown": return to(position + pageRows);
    case "previous": return at(row.starts[intervalAt(row, from.offsetMs) - 1] ?? 0);
    case "next": return at(row.starts[intervalAt(row, from.offsetMs) + 1] ?? latestMs);
    case "hourBack": return at(from.offsetMs - HOUR_MS);
    case "hourOn": return at(from.offsetMs + HOUR_MS);
    case "dayStart": return at(0);
    case "dayEnd": return at(latestMs);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
