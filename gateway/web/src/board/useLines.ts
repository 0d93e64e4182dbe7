import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "../app/view";
import { nextLongBreakMs, type BreakLimits } from "./breaks";
import { foldKey, groupsOf, linesOf, type Group } from "./groups";
import type { Line } from "./lines";
import type { Board } from "./model";
import { shownRows } from "./order";
import { LONG_BREAK } from "./standings";
import { useLabels } from "./useLabels";

export interface NamedGroup extends Group {
  readonly name: string;
  readonly isFolded: boolean;
}

/** Who is shown, in which order and groups. */
export interface ShownLines {
  readonly rows: readonly number[];
  readonly groups: readonly NamedGroup[];
  readonly lines: readonly Line[];
  /** Counts what somebody asked for: lines of the same turn differ by what happened. */
  readonly turn: number;
}

/**
 * The lines of the board. They follow people's states as those change, but never while `isHeld`: nothing moves under
 * the pointer.
 */
export function useLines(
  board: Board | null, view: View, limits: BreakLimits, latestMs: number, isHeld: boolean,
): ShownLines {
  const { i18n } = useTranslation();
  const labels = useLabels(board);
  // Only what depends on states changes by itself, and states change with the revision or the passing of time.
  const revision = board?.revision ?? 0;
  const wishes = [
    board?.sites, board?.startMs, board?.lengthMs, view.search, view.teams, view.lines, view.skills, view.states,
    view.sort, view.isDescending, view.grouping,
    i18n.language,
  ];
  const held = useRef<Held | null>(null);
  const isAsked = held.current === null || wishes.some((wish, index) => !isSame(wish, held.current?.wishes[index]));
  const isNewSnapshot = held.current !== null && held.current.board !== board && isSameSpan(held.current.board, board);
  const isOutOfDate = (held.current?.revision !== revision && followsStates(view))
    || (followsLongBreaks(view) && (held.current?.limits !== limits || latestMs > held.current.dueMs));
  if (board !== null && held.current !== null && isHeld && isNewSnapshot && !isAsked) {
    held.current = carriedOver(held.current, board);
  } else if (board !== null && (isAsked || ((isOutOfDate || isNewSnapshot || held.current?.isCarried) && !isHeld))) {
    const rows = shownRows(board, view, latestMs, limits);
    const groups = groupsOf(board, rows, view.grouping, latestMs, labels.ofGroup);
    const turn = (held.current?.turn ?? 0) + (isAsked ? 1 : 0);
    const dueMs = followsLongBreaks(view) ? nextLongBreakMs(board, latestMs, limits) : Number.POSITIVE_INFINITY;
    held.current = { board, wishes, revision, limits, dueMs, rows, groups, turn, isCarried: false };
  }
  const { rows, groups, turn } = held.current ?? NOTHING;
  const folded = view.folded.join();
  return useMemo(() => {
    const keys = new Set(view.folded);
    return {
      rows,
      groups: groups.map((group) => ({
        ...group, name: labels.ofGroup(group.key), isFolded: keys.has(foldKey(group.key)),
      })),
      lines: linesOf(rows, groups, keys),
      turn,
    };
    // Labels follow board and language, which make new groups.
  }, [rows, groups, folded]);
}

interface Held {
  readonly board: Board;
  readonly wishes: readonly unknown[];
  readonly revision: number;
  readonly limits: BreakLimits;
  /** After which offset time alone changes who is shown. */
  readonly dueMs: number;
  readonly rows: readonly number[];
  readonly groups: readonly Group[];
  readonly turn: number;
  /** The rows of a former snapshot in the places of a newer one: whoever is new waits for the pointer to leave. */
  readonly isCarried: boolean;
}

function isSameSpan(former: Board, board: Board | null): boolean {
  return former.sites.join() === board?.sites.join() && former.startMs === board.startMs && former.lengthMs === board.lengthMs;
}

/** The same people in the same order on a newer snapshot, without those who left. */
function carriedOver(held: Held, board: Board): Held {
  const placesOf = (rows: readonly number[]) =>
    rows.flatMap((row) => board.rowOf.get(held.board.rows[row]?.agent ?? "") ?? []);
  const groups = held.groups.map((group) => ({ ...group, rows: placesOf(group.rows) }));
  return { ...held, board, rows: placesOf(held.rows), groups, isCarried: true };
}

const NOTHING = { rows: [] as readonly number[], groups: [] as readonly Group[], turn: 0 };

function followsStates(view: View): boolean {
  return view.states.length > 0 || view.sort === "state" || view.sort === "since" || view.grouping === "state";
}

function followsLongBreaks(view: View): boolean {
  return view.states.includes(LONG_BREAK);
}

/** The address is parsed anew with each change of it, so that equal lists are not the same ones. */
function isSame(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.join() === b.join() : a === b;
}
