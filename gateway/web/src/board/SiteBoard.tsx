import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "../api/accounts";
import type { Site } from "../api/sites";
import { useView } from "../app/useView";
import { KeysDialog } from "../ui/KeysDialog";
import { BoardContent } from "./BoardContent";
import { Counters } from "./Counters";
import { stepDay } from "./day";
import { holdsNow, latestOffset } from "./instant";
import { Notices } from "./Notices";
import { shownRows } from "./order";
import { TopBar } from "./TopBar";
import { useCursor } from "./useCursor";
import { useLiveBoard } from "./useLiveBoard";
import { useNow } from "./useNow";
import { usePageKeys } from "./usePageKeys";

const LogDrawer = lazy(() => import("../log/LogDrawer"));

interface SiteBoardProps {
  readonly account: Account;
  readonly site: string;
  readonly sites: readonly Site[];
}

/** One site's board: bar, counters, the heatmap, and the open log beside it. */
export function SiteBoard({ account, site, sites }: SiteBoardProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const liveBoard = useLiveBoard(site, view.day);
  const { board } = liveBoard;
  const now = useNow();
  const [cursor, setCursor] = useCursor(board);
  const [areKeysShown, showKeys] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);

  const latestMs = board === null ? 0 : latestOffset(board, now);
  // Rows leave and join a filter as they change, but never under the pointer.
  const isHeld = cursor !== null;
  const heldOrder = useRef<readonly number[]>([]);
  const order = useMemo(() => {
    if (board === null) return [];
    const fresh = shownRows(board, view.search, view.states, latestMs);
    if (isHeld && view.states.length > 0 && heldOrder.current.length > 0) return heldOrder.current;
    return fresh;
  }, [board, view.search, view.states, latestMs, isHeld]);
  heldOrder.current = order;

  const openLog = useCallback((agent: string) => changeView({ agent }), [changeView]);
  const closeLog = useCallback(() => {
    changeView({ agent: null });
    grid.current?.focus();
  }, [changeView]);
  const goToDay = useCallback((step: number) => {
    if (board !== null) changeView({ day: stepDay(board.day, step) });
  }, [board, changeView]);
  usePageKeys({ goToDay, focusSearch: () => searchField.current?.focus(), showKeys: () => showKeys(true) });

  const selectedRow = board === null || view.agent === null ? -1 : (board.rowOf.get(view.agent) ?? -1);
  return (
    <div className={`page${view.agent === null ? "" : " with-log"}`}>
      <TopBar
        account={account} sites={sites} site={site} liveBoard={liveBoard} now={now} searchField={searchField}
        onKeys={() => showKeys(true)} onLeaveSearch={() => grid.current?.focus()}
      />
      <main className="board" aria-label={t("app.board")}>
        {board !== null && (
          <Counters
            board={board} offsetMs={Math.min(cursor?.offsetMs ?? latestMs, latestMs)}
            isLatest={cursor === null || cursor.offsetMs >= latestMs}
            isToday={holdsNow(board, now)} chosen={view.states} shownCount={order.length}
            onChoose={(states) => changeView({ states }, "replace")}
          />
        )}
        <Notices liveBoard={liveBoard} />
        <div className="board-body">
          <BoardContent
            liveBoard={liveBoard} site={site} sites={sites} order={order} now={now} cursor={cursor}
            onCursor={setCursor} rowSize={view.rowSize} selectedRow={selectedRow} onOpen={openLog} grid={grid}
            onEscape={view.agent === null ? undefined : closeLog}
          />
          {board !== null && view.agent !== null && (
            <Suspense fallback={<aside className="log" aria-busy="true" />}>
              <LogDrawer
                key={view.agent} board={board} agent={view.agent} latestMs={latestMs}
                highlightMs={cursor?.row === selectedRow ? (cursor?.offsetMs ?? null) : null}
                newestChangeMs={board.rows[selectedRow]?.newestMs ?? null} onClose={closeLog}
              />
            </Suspense>
          )}
        </div>
      </main>
      {areKeysShown && <KeysDialog onClose={() => showKeys(false)} />}
    </div>
  );
}
