import type { Layout } from "./layout";
import type { Board, BoardRow } from "./model";
import type { Palette } from "./palette";

/** What is painted: all of it, so that a painting is a function of its scene. */
export interface Scene {
  readonly board: Board;
  /** The rows to show, as indexes of the board's. */
  readonly order: readonly number[];
  readonly layout: Layout;
  readonly scrollTop: number;
  /** Where the painted part of the day ends. */
  readonly untilMs: number;
  readonly isToday: boolean;
  readonly nowLabel: string;
  /** The position of the row under cursor or pointer, -1 for none, and the offset there. */
  readonly cursorPosition: number;
  readonly cursorMs: number;
  /** The row whose log is open, as index of the board's; -1 for none. */
  readonly selectedRow: number;
  /** How fresh the last change of a row is, 1 at the change to 0. */
  readonly freshness: (rowIndex: number) => number;
  /** How long the row has been in its state, as text. */
  readonly dwell: (row: BoardRow) => string;
}

/** What the painter takes from the style sheet. */
export interface Ink {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly gridOnRows: string;
  readonly accent: string;
  readonly surface: string;
  readonly now: string;
  readonly font: string;
}

/** With what a part of the heatmap is painted. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly ink: Ink;
}
