import { useRef, useState, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { formatDuration } from "./clock";
import type { Board } from "./model";
import { QueueTable } from "./QueueTable";
import { usePercent, useStillSince } from "./useQueueText";
import type { WaitingView } from "./useWaiting";
import { stillSinceOf, type WaitingSum } from "./waiting";

interface WaitingProps {
  readonly waiting: WaitingView;
  readonly board: Board;
  /** This computer's clock. */
  readonly now: number;
  /** Whether the board shows the present too: these figures always do. */
  readonly isToday: boolean;
}

const PANEL_WIDTH = 640;
const EDGE = 8;

/** Who waits, how long already, and how the day went so far; it opens to the same of each queue. */
export function Waiting({ waiting, board, now, isToday }: WaitingProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [right, setRight] = useState(0);
  const opener = useRef<HTMLButtonElement>(null);
  const stillSince = useStillSince(board);
  const stillSinceMs = stillSinceOf(waiting.told);
  const toggle = () => {
    // Where the sums stand too far left for the panel to end where they do, it begins at the edge.
    setRight(Math.min(0, (opener.current?.getBoundingClientRect().right ?? 0) - PANEL_WIDTH - EDGE));
    setOpen(!isOpen);
  };
  return (
    <div className="waiting" style={{ "--panel-width": `${PANEL_WIDTH}px`, "--panel-right": `${right}px` } as CSSProperties}>
      <button
        type="button" className="waiting-sum" ref={opener} aria-haspopup="dialog" aria-expanded={isOpen}
        onClick={toggle}
      >
        {!isToday && stillSinceMs === null && <span aria-hidden="true">{t("counters.now")}</span>}
        {stillSinceMs === null
          ? <Sum sum={waiting.sum} serverMs={now + board.skewMs} />
          : <span className="waiting-still">{t("waiting.queues")}: {stillSince(stillSinceMs)}</span>}
        <Icon name="down" />
      </button>
      {isOpen && (
        <Popover label={t("waiting.label")} onClose={() => setOpen(false)} opener={opener}>
          <QueueTable told={waiting.told} board={board} now={now} />
        </Popover>
      )}
    </div>
  );
}

function Sum({ sum, serverMs }: { readonly sum: WaitingSum; readonly serverMs: number }) {
  const { t } = useTranslation();
  const percent = usePercent();
  return (
    <>
      <span className="visually-hidden">{t("waiting.label")}: </span>
      <span>{t("waiting.waiting")} <strong>{sum.waiting}</strong></span>
      {sum.oldestMs !== null && (
        <span>{t("waiting.oldest")} <strong>{formatDuration(serverMs - sum.oldestMs)}</strong></span>
      )}
      {sum.serviceLevel !== null && <span>{t("waiting.level")} <strong>{percent(sum.serviceLevel)}</strong></span>}
    </>
  );
}
