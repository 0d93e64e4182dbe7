import { lazy, Suspense, useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Site } from "../api/sites";
import type { PageProps } from "../app/page";
import { useView } from "../app/useView";
import { BoardContent } from "./BoardContent";
import { Counters } from "./Counters";
import { FilterChips } from "./FilterChips";
import { foldKey } from "./groups";
import { holdsNow, latestOffset } from "./instant";
import { Notices } from "./Notices";
import { PickedBar } from "./PickedBar";
import { useSiteTitle } from "./SiteMenu";
import { spanOfView } from "./span";
import { steppedView } from "./steps";
import { TopBar } from "./TopBar";
import { useCursor } from "./useCursor";
import { useLabels } from "./useLabels";
import { useLines } from "./useLines";
import { useLiveBoard } from "./useLiveBoard";
import { useMarks } from "./useMarks";
import { useNow } from "./useNow";
import { BOARD_KEYS, usePageKeys } from "./usePageKeys";
import { usePicked } from "./usePicked";
import { useAwayReasons, useBreakLimits } from "./useReasonNames";
import { useRoster } from "./useRoster";
import { useStacks } from "./useStacks";
import { useWaiting } from "./useWaiting";
import { useZoom } from "./useZoom";
import { Waiting } from "./Waiting";
import { spanOf } from "./window";

const LogDrawer = lazy(() => import("../log/LogDrawer"));
const FIGURES = "dispatch.figures.read";
const PEOPLE = "roster.people.read";
const RECEIPTS = "presence.receipts.read";
const REASONS = "presence.reasons.read";

interface SiteBoardProps extends PageProps {
  /** The names of those that the board shows. */
  readonly inScope: readonly string[];
  readonly sites: readonly Site[];
}

/** The board of one or several sites: bar, counters, the heatmap, and the open log beside it. */
export function SiteBoard({ account, showKeys, inScope, sites }: SiteBoardProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const isZooming = useRef<() => boolean>(() => false);
  const now = useNow(isZooming);
  const liveBoard = useLiveBoard(inScope, spanOfView(view, now));
  const { board } = liveBoard;
  const labels = useLabels(board);
  const title = useSiteTitle(sites, inScope, board?.siteName ?? "");
  const marks = useMarks();
  const away = useAwayReasons(board);
  // Who may not read why somebody rests cannot know how long that may last.
  const limits = useBreakLimits(account.permissions.includes(REASONS) ? board : null);
  const waiting = useWaiting(inScope, account.permissions.includes(FIGURES));
  useRoster(inScope, liveBoard.live, account.permissions.includes(PEOPLE));
  const zoom = useZoom(board, view.zoom, changeView);
  isZooming.current = () => zoom.isMoving;
  const [cursor, setCursor] = useCursor(board);
  const searchField = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);

  const latestMs = board === null ? 0 : latestOffset(board, now);
  const shown = useLines(board, view, limits, latestMs, cursor !== null);
  const stacks = useStacks(board, shown, away, latestMs);
  const { picked, pick, clearPicked } = usePicked(board, view.picked, changeView);

  const openLog = useCallback((agent: string) => changeView({ agent }), [changeView]);
  const closeLog = useCallback(() => {
    changeView({ agent: null });
    grid.current?.focus();
  }, [changeView]);
  const fold = (key: string) => {
    const others = view.folded.filter((other) => other !== foldKey(key));
    changeView({ folded: others.length < view.folded.length ? others : [...others, foldKey(key)] }, "replace");
  };
  const escape = () => {
    if (view.agent !== null) closeLog();
    else if (view.picked.length > 0) clearPicked();
  };
  usePageKeys({
    goToDay: (step) => board !== null && changeView(steppedView(board, view, step)),
    focusSearch: () => searchField.current?.focus(),
    showKeys: () => showKeys(BOARD_KEYS),
    zoom: (factor) => zoom.about(cursor?.offsetMs ?? zoom.get().fromMs + spanOf(zoom.get()) / 2, factor),
    fit: () => zoom.fit(),
    goToBoard: () => grid.current?.focus(),
  });

  const selectedRow = board === null || view.agent === null ? -1 : (board.rowOf.get(view.agent) ?? -1);
  const pickedRows = useMemo(() => new Set(picked.map((row) => board?.rowOf.get(row.agent) ?? -1)), [picked, board]);
  return (
    <div className={`page${view.agent === null ? "" : " with-log"}`}>
      <TopBar
        account={account} sites={sites} inScope={inScope} liveBoard={liveBoard} labels={labels} marks={marks} now={now}
        searchField={searchField} onKeys={() => showKeys(BOARD_KEYS)} onLeaveSearch={() => grid.current?.focus()}
      />
      <main className="board" aria-label={t("app.board")}>
        {board !== null && (
          <Counters
            board={board} offsetMs={Math.min(cursor?.offsetMs ?? latestMs, latestMs)}
            isLatest={cursor === null || cursor.offsetMs >= latestMs}
            isToday={holdsNow(board, now)} limits={limits} chosen={view.states} shownCount={shown.rows.length}
            onChoose={(states) => changeView({ states }, "replace")}
          >
            <FilterChips labels={labels} />
            {waiting !== null && <Waiting waiting={waiting} board={board} now={now} isToday={holdsNow(board, now)} />}
          </Counters>
        )}
        <Notices liveBoard={liveBoard} />
        <div className="board-body">
          <BoardContent
            liveBoard={liveBoard} inScope={inScope} title={title} sites={sites} shown={shown} stacks={stacks}
            away={away} limits={limits} marks={marks}
            look={view.look} grouping={view.grouping} zoom={zoom} now={now} cursor={cursor} onCursor={setCursor} rowSize={view.rowSize}
            selectedRow={selectedRow} picked={pickedRows} onOpen={openLog} onPick={pick} onFold={fold}
            onEscape={escape} grid={grid}
          />
          {board !== null && view.agent !== null && (
            <Suspense fallback={<aside className="log" aria-busy="true" />}>
              <LogDrawer
                key={view.agent} board={board} agent={view.agent} latestMs={latestMs}
                highlightMs={cursor?.line === selectedRow ? (cursor?.offsetMs ?? null) : null}
                newestChangeMs={board.rows[selectedRow]?.newestMs ?? null}
                hasReceipts={account.permissions.includes(RECEIPTS)} onClose={closeLog}
              />
            </Suspense>
          )}
          {board !== null && picked.length > 0 && (
            <PickedBar board={board} picked={picked} latestMs={latestMs} onOpen={openLog} onClear={clearPicked} />
          )}
        </div>
      </main>
    </div>
  );
}
