import { useLayoutEffect, useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Look } from "../app/view";
import { Icon } from "../ui/Icon";
import { wallClock } from "./clock";
import type { Cursor } from "./cursor";
import { heightOfLine, xAtOffset, yOfLine, type Layout } from "./layout";
import { groupOfLine } from "./lines";
import type { Board } from "./model";
import type { AwayReasons } from "./paints";
import { CellFacts, GroupFacts, IntervalFacts } from "./TipFacts";
import type { NamedGroup } from "./useLines";
import type { Stacks } from "./useStacks";
import type { TimeWindow } from "./window";

interface TooltipProps {
  readonly board: Board;
  readonly groups: readonly NamedGroup[];
  readonly stacks: Stacks | null;
  readonly look: Look;
  readonly away: AwayReasons;
  readonly cursor: Cursor;
  readonly position: number;
  readonly layout: Layout;
  readonly window: TimeWindow;
  readonly scrollTop: number;
  readonly latestMs: number;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onOpen: (agent: string) => void;
  readonly onClose: () => void;
}

/** The facts of what is under the cursor; after a tap a sheet at the screen's foot. */
export function Tooltip(props: TooltipProps) {
  const { board, cursor } = props;
  const { t } = useTranslation();
  const tip = useRef<HTMLDivElement>(null);
  const isSheet = cursor.by === "touch";
  usePlace(tip, props, isSheet);
  const row = board.rows[cursor.line];
  const name = row?.name ?? props.groups[groupOfLine(cursor.line)]?.name ?? "";
  return (
    <div
      className={isSheet ? "tip sheet" : "tip"} ref={tip} role={isSheet ? "dialog" : "presentation"} aria-label={name}
    >
      <header>
        <strong>{name}</strong>
        <span className="tip-at">{wallClock(board, cursor.offsetMs)}</span>
        {isSheet && (
          <button type="button" className="icon-button" aria-label={t("log.close")} onClick={props.onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <Content {...props} />
      {isSheet && row !== undefined && (
        <button type="button" className="button primary" onClick={() => props.onOpen(row.agent)}>
          {t("tip.open")}
        </button>
      )}
    </div>
  );
}

function Content({ board, stacks, look, away, cursor, latestMs }: TooltipProps) {
  const { t } = useTranslation();
  const row = board.rows[cursor.line];
  if (row === undefined) {
    const stack = stacks?.ofGroups[groupOfLine(cursor.line)];
    return stack === undefined ? null : <GroupFacts board={board} stack={stack} offsetMs={cursor.offsetMs} />;
  }
  if (row.starts.length === 0 && board.missingParts.length > 0) {
    return <p className="tip-note">{t("tip.missing", { part: board.missingParts.join(", ") })}</p>;
  }
  const Facts = look === "cells" ? CellFacts : IntervalFacts;
  return <Facts board={board} row={row} away={away} offsetMs={cursor.offsetMs} latestMs={latestMs} />;
}

const GAP = 14;

/** Beside the cell, never over it, and always whole on the screen. */
function usePlace(tip: RefObject<HTMLDivElement | null>, props: TooltipProps, isSheet: boolean): void {
  const { layout, cursor, position, scrollTop, frame } = props;
  useLayoutEffect(() => {
    const element = tip.current;
    const bounds = frame.current?.getBoundingClientRect();
    if (element === null || bounds === undefined || isSheet) return;
    const x = bounds.left + xAtOffset(layout, props.window, cursor.offsetMs);
    const top = bounds.top + yOfLine(layout, scrollTop, position);
    const { offsetWidth: width, offsetHeight: height } = element;
    const isRight = x + GAP + width < window.innerWidth - 8;
    const below = top + heightOfLine(layout, position) + GAP;
    element.style.left = `${Math.max(8, isRight ? x + GAP : x - GAP - width)}px`;
    element.style.top = `${below + height < window.innerHeight - 8 ? below : Math.max(8, top - GAP - height)}px`;
  });
}
