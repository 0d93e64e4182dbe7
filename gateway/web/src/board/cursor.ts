import type { Look } from "../app/view";
import { intervalAt } from "./instant";
import { isGroupLine, type Line } from "./lines";
import type { Board, BoardRow } from "./model";

/** Where the eye is: a line of the board and an instant of its range. */
export interface Cursor {
  readonly line: Line;
  /** The line's position when the cursor came to it; somebody may have a line in several groups. */
  readonly position: number;
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

/** The position of the cursor's line among those that are shown now; -1 if it is not. */
export function positionOf(lines: readonly Line[], cursor: Cursor | null): number {
  if (cursor === null) return -1;
  return lines[cursor.position] === cursor.line ? cursor.position : lines.indexOf(cursor.line);
}

/** What a move happens in. */
export interface CursorGround {
  readonly board: Board;
  readonly lines: readonly Line[];
  readonly look: Look;
  readonly pageRows: number;
  readonly latestMs: number;
}

/** Moves the cursor over the shown lines; up and down keep the instant. */
export function moveCursor(ground: CursorGround, from: Cursor | null, move: CursorMove): Cursor | null {
  const { lines, latestMs, pageRows } = ground;
  if (lines.length === 0) return null;
  const position = positionOf(lines, from);
  if (from === null || position < 0) return { line: lines[0] as Line, position: 0, offsetMs: latestMs, by: "keyboard" };
  const at = (offsetMs: number): Cursor => ({
    line: from.line, position, offsetMs: clamp(offsetMs, 0, latestMs), by: "keyboard",
  });
  const to = (moved: number): Cursor => {
    const place = clamp(moved, 0, lines.length - 1);
    return { line: lines[place] as Line, position: place, offsetMs: from.offsetMs, by: "keyboard" };
  };
  switch (move) {
    case "up": return to(position - 1);
    case "down": return to(position + 1);
    case "pageUp": return to(position - pageRows);
    case "pageDown": return to(position + pageRows);
    case "previous": return at(startBeside(ground, from, -1));
    case "next": return at(startBeside(ground, from, 1));
    case "hourBack": return at(from.offsetMs - HOUR_MS);
    case "hourOn": return at(from.offsetMs + HOUR_MS);
    case "dayStart": return at(0);
    case "dayEnd": return at(latestMs);
  }
}

/** Where the interval before or after the cursor's begins; of a group or of cells the column. */
function startBeside({ board, look, latestMs }: CursorGround, from: Cursor, step: -1 | 1): number {
  const usual = step < 0 ? 0 : latestMs;
  if (look === "cells" || isGroupLine(from.line)) {
    const column = board.columns.findLastIndex(({ offsetMs }) => offsetMs <= from.offsetMs);
    return board.columns[column + step]?.offsetMs ?? usual;
  }
  const row = board.rows[from.line] as BoardRow;
  return row.starts[intervalAt(row, from.offsetMs) + step] ?? usual;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
