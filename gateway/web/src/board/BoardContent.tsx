import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Site } from "../api/sites";
import type { Problem } from "../api/problem";
import { useView } from "../app/useView";
import type { RowSize } from "../app/view";
import { Command, ErrorState, PageState } from "../ui/PageState";
import type { Cursor } from "./cursor";
import { Heatmap } from "./Heatmap";
import { Skeleton } from "./Skeleton";
import type { LiveBoardView } from "./useLiveBoard";

interface BoardContentProps {
  readonly liveBoard: LiveBoardView;
  readonly site: string;
  readonly sites: readonly Site[];
  readonly order: readonly number[];
  readonly now: number;
  readonly cursor: Cursor | null;
  readonly onCursor: (cursor: Cursor | null) => void;
  readonly rowSize: RowSize;
  readonly selectedRow: number;
  readonly onOpen: (agent: string) => void;
  readonly onEscape: (() => void) | undefined;
  readonly grid: RefObject<HTMLDivElement | null>;
}

/** The heatmap, or what stands in its place: loading, failed, nobody there, nobody found. */
export function BoardContent(props: BoardContentProps) {
  const { liveBoard, order } = props;
  const { board, problem } = liveBoard;
  if (board === null) {
    if (problem === null) return <Skeleton />;
    return <NoBoard problem={problem} site={props.site} sites={props.sites} retry={liveBoard.retry} />;
  }
  if (board.rows.length === 0) return <NoPeople />;
  if (order.length === 0) return <NoMatch />;
  return (
    <Heatmap
      board={board} live={liveBoard.live} order={order} now={props.now} cursor={props.cursor} onCursor={props.onCursor}
      rowSize={props.rowSize} selectedRow={props.selectedRow} onOpen={props.onOpen} onEscape={props.onEscape}
      grid={props.grid} isDimmed={liveBoard.isChanging}
    />
  );
}

interface NoBoardProps {
  readonly problem: Problem;
  readonly site: string;
  readonly sites: readonly Site[];
  readonly retry: () => void;
}

function NoBoard({ problem, site, sites, retry }: NoBoardProps) {
  const { t } = useTranslation();
  const [, changeView] = useView();
  if (problem.status === 403) {
    return (
      <PageState title={t("page.forbiddenTitle")}>
        <p>{t("page.forbidden", { permission: "board.read" })}</p>
      </PageState>
    );
  }
  if (problem.status !== 404) return <ErrorState problem={problem} onRetry={retry} />;
  const other = sites.find((known) => known.name !== site);
  const go = other !== undefined && (
    <button
      type="button" className="button primary"
      onClick={() => changeView({ site: other.name, day: null, agent: null })}
    >
      {t("page.otherSite", { site: other.displayName })}
    </button>
  );
  return (
    <PageState title={t("page.unknownSiteTitle")} action={go}>
      <p>{t("page.unknownSite")}</p>
    </PageState>
  );
}

function NoPeople() {
  const { t } = useTranslation();
  return (
    <PageState title={t("page.noPeopleTitle")}>
      <p>{t("page.noPeople")}</p>
      <Command>muster import roster --agents agents.csv</Command>
    </PageState>
  );
}

function NoMatch() {
  const { t } = useTranslation();
  const [, changeView] = useView();
  const clear = (
    <button type="button" className="button primary" onClick={() => changeView({ search: "", states: [] }, "replace")}>
      {t("page.clear")}
    </button>
  );
  return (
    <PageState title={t("page.noMatchTitle")} action={clear}>
      <p>{t("page.noMatch")}</p>
    </PageState>
  );
}
