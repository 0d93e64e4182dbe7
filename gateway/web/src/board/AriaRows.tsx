import { useTranslation } from "react-i18next";
import type { Look } from "../app/view";
import type { Cursor } from "./cursor";
import { groupOfLine, isGroupLine } from "./lines";
import type { Board, BoardRow } from "./model";
import { useCellText, useFactsText } from "./useFactsText";
import { useGroupText } from "./useGroupText";
import type { NamedGroup } from "./useLines";
import type { Stacks } from "./useStacks";

interface AriaRowsProps {
  readonly board: Board;
  readonly groups: readonly NamedGroup[];
  readonly stacks: Stacks | null;
  readonly look: Look;
  readonly cursor: Cursor | null;
  readonly position: number;
  readonly latestMs: number;
}

interface Cell {
  /** The place of the cell in its row; the cursor's own is `isSelected`. */
  readonly index: number;
  readonly text: string;
  readonly isSelected: boolean;
}

const NEIGHBOURS = [-1, 0, 1];

/** The cursor's line as a row of the grid, for those who hear the board: who it is, the cell and its neighbours. */
export function AriaRows({ board, groups, stacks, look, cursor, position, latestMs }: AriaRowsProps) {
  const { t } = useTranslation();
  const cellsOf = useCells(board, look, latestMs);
  const groupText = useGroupText(board);
  if (cursor === null || position < 0) return null;
  const group = isGroupLine(cursor.line) ? groups[groupOfLine(cursor.line)] : undefined;
  const row = board.rows[cursor.line];
  const name = group?.name ?? row?.name ?? "";
  const stack = stacks?.ofGroups[groupOfLine(cursor.line)];
  let cells: Cell[] = [];
  if (row !== undefined) cells = cellsOf(row, cursor.offsetMs);
  else if (group !== undefined && stack !== undefined) {
    const fold = t(group.isFolded ? "group.folded" : "group.unfolded", { count: group.rows.length });
    cells = [{ index: 0, text: `${fold}, ${groupText(stack, cursor.offsetMs).text}`, isSelected: true }];
  }
  if (cells.length === 0) cells = [{ index: 0, text: t("grid.nothing"), isSelected: true }];
  return (
    <div className="visually-hidden" role="rowgroup">
      <div role="row" aria-rowindex={position + 2}>
        <span role="rowheader" aria-colindex={1}>{name}</span>
        {cells.map(({ index, text, isSelected }) => (
          <span
            key={index} role="gridcell" aria-colindex={index + 2} aria-selected={isSelected}
            {...(isSelected ? { id: "cursor-cell" } : {})}
          >
            {`${name}: ${text}`}
          </span>
        ))}
      </div>
    </div>
  );
}

/** The cell at an instant and those beside it: intervals, or hours where the board shows those. */
function useCells(board: Board, look: Look, latestMs: number): (row: BoardRow, offsetMs: number) => Cell[] {
  const factsText = useFactsText(board);
  const cellText = useCellText(board);
  const intervals = (row: BoardRow, offsetMs: number): Cell[] => {
    const told = factsText(row, offsetMs, latestMs);
    return told === null ? [] : NEIGHBOURS.flatMap((step) => {
      const index = told.facts.index + step;
      const start = row.starts[index];
      if (start === undefined) return [];
      const text = step === 0 ? told.text : (factsText(row, start, latestMs)?.text ?? "");
      return [{ index, text, isSelected: step === 0 }];
    });
  };
  const hours = (row: BoardRow, offsetMs: number): Cell[] => {
    const told = cellText(row, offsetMs, latestMs);
    return told === null ? [] : NEIGHBOURS.flatMap((step) => {
      const column = board.columns[told.index + step];
      const text = column === undefined ? null : cellText(row, column.offsetMs, latestMs)?.text;
      return text == null ? [] : [{ index: told.index + step, text, isSelected: step === 0 }];
    });
  };
  return look === "cells" ? hours : intervals;
}
