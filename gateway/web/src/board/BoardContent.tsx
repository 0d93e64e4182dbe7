import { useTranslation } from "react-i18next";
import type { Site } from "../api/sites";
import type { Problem } from "../api/problem";
import { useView } from "../app/useView";
import { siteView } from "../app/view";
import { Command, ErrorState, PageState } from "../ui/PageState";
import { Heatmap, type HeatmapProps } from "./Heatmap";
import { Skeleton } from "./Skeleton";
import type { LiveBoardView } from "./useLiveBoard";

interface BoardContentProps extends Omit<HeatmapProps, "board" | "live" | "isDimmed"> {
  readonly liveBoard: LiveBoardView;
  /** The names of those that the board shows. */
  readonly inScope: readonly string[];
  readonly sites: readonly Site[];
}

/** The heatmap, or what stands in its place: loading, failed, nobody there, nobody found, nobody who may be seen. */
export function BoardContent({ liveBoard, inScope, sites, ...heatmap }: BoardContentProps) {
  const { board, problem } = liveBoard;
  if (board === null) {
    if (problem === null) return <Skeleton />;
    return <NoBoard problem={problem} inScope={inScope} sites={sites} retry={liveBoard.retry} />;
  }
  if (board.rows.length === 0) return board.withheldCount > 0 ? <Withheld count={board.withheldCount} /> : <NoPeople />;
  if (heatmap.shown.lines.length === 0) return <NoMatch />;
  return <Heatmap {...heatmap} board={board} live={liveBoard.live} isDimmed={liveBoard.isChanging} />;
}

interface NoBoardProps {
  readonly problem: Problem;
  readonly inScope: readonly string[];
  readonly sites: readonly Site[];
  readonly retry: () => void;
}

function NoBoard({ problem, inScope, sites, retry }: NoBoardProps) {
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
  const other = sites.find((known) => inScope.length > 1 || known.name !== inScope[0]);
  const go = other !== undefined && (
    <button
      type="button" className="button primary"
      onClick={() => changeView(siteView([other.name]))}
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

/** Their past is for others: who that is, the site's protection profile says. */
function Withheld({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  return (
    <PageState title={t("page.withheldTitle")}>
      <p>{t("page.withheld", { count })}</p>
    </PageState>
  );
}

const NO_FILTER = { search: "", states: [], teams: [], lines: [], skills: [] };

function NoMatch() {
  const { t } = useTranslation();
  const [, changeView] = useView();
  const clear = (
    <button type="button" className="button primary" onClick={() => changeView(NO_FILTER, "replace")}>
      {t("page.clear")}
    </button>
  );
  return (
    <PageState title={t("page.noMatchTitle")} action={clear}>
      <p>{t("page.noMatch")}</p>
    </PageState>
  );
}
