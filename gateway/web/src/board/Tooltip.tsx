import { useLayoutEffect, useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { Swatch } from "../ui/Swatch";
import { wallClock } from "./clock";
import type { Cursor } from "./cursor";
import { xAtOffset, type Layout } from "./layout";
import type { Board } from "./model";
import { Mark } from "../gen/muster/presence/v1/state_pb";
import { markKeys, stateKey } from "./states";
import { useFactsText } from "./useFactsText";

interface TooltipProps {
  readonly board: Board;
  readonly cursor: Cursor;
  readonly position: number;
  readonly layout: Layout;
  readonly scrollTop: number;
  readonly latestMs: number;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onOpen: (agent: string) => void;
  readonly onClose: () => void;
}

/** The facts of the cell under the cursor; after a tap a sheet at the screen's foot. */
export function Tooltip(props: TooltipProps) {
  const { board, cursor, latestMs } = props;
  const { t } = useTranslation();
  const tip = useRef<HTMLDivElement>(null);
  const isSheet = cursor.by === "touch";
  usePlace(tip, props, isSheet);
  const row = board.rows[cursor.row];
  if (row === undefined) return null;
  return (
    <div
      className={isSheet ? "tip sheet" : "tip"} ref={tip} role={isSheet ? "dialog" : "presentation"}
      aria-label={row.name}
    >
      <header>
        <strong>{row.name}</strong>
        <span className="tip-at">{wallClock(board, cursor.offsetMs)}</span>
        {isSheet && (
          <button type="button" className="icon-button" aria-label={t("log.close")} onClick={props.onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <TipFacts board={board} cursor={cursor} latestMs={latestMs} />
      {isSheet && (
        <button type="button" className="button primary" onClick={() => props.onOpen(row.agent)}>
          {t("tip.open")}
        </button>
      )}
    </div>
  );
}

function TipFacts({ board, cursor, latestMs }: Pick<TooltipProps, "board" | "cursor" | "latestMs">) {
  const { t } = useTranslation();
  const factsText = useFactsText(board);
  const row = board.rows[cursor.row];
  const told = row === undefined ? null : factsText(row, cursor.offsetMs, latestMs);
  if (told === null) {
    const part = board.missingParts.join(", ");
    return <p className="tip-note">{part === "" ? t("tip.nothing") : t("tip.missing", { part })}</p>;
  }
  if (cursor.offsetMs > latestMs) return <p className="tip-note">{t("tip.notYet")}</p>;
  return (
    <>
      <p className="tip-state">
        <Swatch state={stateKey(told.facts.state)} inferred={(told.facts.marks & Mark.INFERRED) !== 0} />
        <span>{[told.state, told.activity, told.reason].filter((part) => part !== "").join(" · ")}</span>
        <b>{told.duration}</b>
      </p>
      <p className="tip-span">{told.from} – {told.to}</p>
      {markKeys(told.facts.marks).map((mark) => <p key={mark} className="tip-note">{t(`tip.mark.${mark}`)}</p>)}
    </>
  );
}

const GAP = 14;

/** Beside the cell, never over it, and always whole on the screen. */
function usePlace(tip: RefObject<HTMLDivElement | null>, props: TooltipProps, isSheet: boolean): void {
  const { layout, board, cursor, position, scrollTop, frame } = props;
  useLayoutEffect(() => {
    const element = tip.current;
    const bounds = frame.current?.getBoundingClientRect();
    if (element === null || bounds === undefined || isSheet) return;
    const x = bounds.left + xAtOffset(layout, board.lengthMs, cursor.offsetMs);
    const rowTop = bounds.top + layout.axisHeight + position * layout.rowHeight - scrollTop;
    const { offsetWidth: width, offsetHeight: height } = element;
    const isRight = x + GAP + width < window.innerWidth - 8;
    const below = rowTop + layout.rowHeight + GAP;
    element.style.left = `${Math.max(8, isRight ? x + GAP : x - GAP - width)}px`;
    element.style.top = `${below + height < window.innerHeight - 8 ? below : Math.max(8, rowTop - GAP - height)}px`;
  });
}
