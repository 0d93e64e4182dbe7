import type { Look } from "../app/view";
import type { Layout } from "./layout";
import type { Line } from "./lines";
import type { Board, BoardRow } from "./model";
import type { AwayReasons, Paint } from "./paints";
import type { Palette } from "./palette";
import type { Stack } from "./stacks";
import type { TimeWindow } from "./window";

/** What a group's header says. */
export interface GroupHeader {
  readonly name: string;
  readonly count: number;
  readonly isFolded: boolean;
}

/** What is painted: all of it, so that a painting is a function of its scene. */
export interface Scene {
  readonly board: Board;
  readonly lines: readonly Line[];
  readonly groups: readonly GroupHeader[];
  /** The stacks of the groups, by the groups' index. */
  readonly stacks: readonly Stack[];
  /** The stack of all shown people; null while there is none. */
  readonly strip: Stack | null;
  /** What stands beside the strip: how many are there, how many were planned. */
  readonly stripLabels: readonly string[];
  readonly layout: Layout;
  readonly scrollTop: number;
  /** The part of the range that is shown. */
  readonly window: TimeWindow;
  readonly look: Look;
  readonly hasPatterns: boolean;
  /** The letter of each paint; null if none are wanted. */
  readonly letters: Readonly<Record<Paint, string>> | null;
  readonly away: AwayReasons;
  /** Where the painted part of the range ends. */
  readonly untilMs: number;
  readonly isToday: boolean;
  readonly nowLabel: string;
  /** The position of the line under cursor or pointer, -1 for none, and the offset there. */
  readonly cursorPosition: number;
  readonly cursorMs: number;
  /** The row whose log is open, as index of the board's; -1 for none. */
  readonly selectedRow: number;
  /** The rows that are picked together, as indexes of the board's. */
  readonly picked: ReadonlySet<number>;
  /** How fresh the last change of a row is, 1 at the change to 0. */
  readonly freshness: (rowIndex: number) => number;
  /** How long the row has been in its state, as text. */
  readonly dwell: (row: BoardRow) => string;
  readonly told: ToldHeaders;
  /** The names of the days that begin within a range of several; none within a single day. */
  readonly dayLabels: readonly DayLabel[];
}

/** What headers tell beside the names. */
export interface ToldHeaders {
  /** How somebody stands now, in a word. */
  readonly word: (row: BoardRow) => string;
  /** Whether her break lasts too long now. */
  readonly isOnLongBreak: (row: BoardRow) => boolean;
  /** What people call the row's site. */
  readonly site: (row: BoardRow) => string;
  /** All the words that there are; columns are as wide as the widest. */
  readonly words: readonly string[];
  /** What the sites are called; none where they are not told. */
  readonly sites: readonly string[];
}

export interface DayLabel {
  readonly offsetMs: number;
  readonly label: string;
}

/** What the painter takes from the style sheet. */
export interface Ink {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly gridOnRows: string;
  readonly accent: string;
  readonly accentSoft: string;
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
