import { useTranslation } from "react-i18next";
import type { Cursor } from "./cursor";
import type { Board } from "./model";
import { useFactsText } from "./useFactsText";

interface AriaRowsProps {
  readonly board: Board;
  readonly cursor: Cursor | null;
  readonly position: number;
  readonly latestMs: number;
}

const NEIGHBOURS = [-1, 0, 1];

/** The cursor's row as a row of the grid, for those who hear the board: the person, the cell and its neighbours. */
export function AriaRows({ board, cursor, position, latestMs }: AriaRowsProps) {
  const { t } = useTranslation();
  const factsText = useFactsText(board);
  const row = cursor === null ? undefined : board.rows[cursor.row];
  if (cursor === null || row === undefined || position < 0) return null;
  const told = factsText(row, cursor.offsetMs, latestMs);
  return (
    <div className="visually-hidden" role="rowgroup">
      <div role="row" aria-rowindex={position + 2}>
        <span role="rowheader" aria-colindex={1}>{row.name}</span>
        {told === null ? (
          <span role="gridcell" id="cursor-cell" aria-selected="true">{`${row.name}: ${t("grid.nothing")}`}</span>
        ) : NEIGHBOURS.map((step) => {
          const index = told.facts.index + step;
          const start = row.starts[index];
          const facts = start === undefined ? null : factsText(row, step === 0 ? cursor.offsetMs : start, latestMs);
          return facts === null ? null : (
            <span
              key={index} role="gridcell" aria-colindex={index + 2} aria-selected={step === 0}
              {...(step === 0 ? { id: "cursor-cell" } : {})}
            >
              {`${row.name}: ${facts.text}`}
            </span>
          );
        })}
      </div>
    </div>
  );
}
