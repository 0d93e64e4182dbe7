import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "../api/accounts";
import type { Site } from "../api/sites";
import { MainMenu } from "../app/MainMenu";
import { idOf, siteView } from "../app/view";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { Mark } from "../ui/Mark";
import { DayPicker } from "./DayPicker";
import { FilterMenu } from "./FilterMenu";
import { LiveIndicator } from "./LiveIndicator";
import { Search } from "./Search";
import type { Labels } from "./useLabels";
import type { LiveBoardView } from "./useLiveBoard";
import type { Marks } from "./useMarks";
import { ViewMenu } from "./ViewMenu";

interface TopBarProps {
  readonly account: Account;
  readonly sites: readonly Site[];
  readonly site: string;
  readonly liveBoard: LiveBoardView;
  readonly labels: Labels;
  readonly marks: Marks;
  readonly now: number;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly onKeys: () => void;
  readonly onLeaveSearch: () => void;
}

const EXPORT = "board.export";

/** Which site, which span, which people, how it is drawn, how fresh it is, and who looks. */
export function TopBar(props: TopBarProps) {
  const { account, sites, site, liveBoard, labels, marks, now, searchField, onKeys, onLeaveSearch } = props;
  const { board } = liveBoard;
  return (
    <header className="bar">
      <h1 className="brand"><Mark /><span>Muster</span></h1>
      <SitePicker site={site} sites={sites} shownName={board?.siteName ?? ""} />
      {board !== null && <DayPicker board={board} now={now} isChanging={liveBoard.isChanging} />}
      <Search board={board} labels={labels} field={searchField} onLeave={onLeaveSearch} />
      {board !== null && <FilterMenu board={board} labels={labels} />}
      {board !== null && <ViewMenu board={board} marks={marks} mayExport={account.permissions.includes(EXPORT)} />}
      <LiveIndicator liveBoard={liveBoard} now={now} />
      <MainMenu account={account} onKeys={onKeys} />
    </header>
  );
}

function SitePicker({ site, sites, shownName }: { site: string; sites: readonly Site[]; shownName: string }) {
  const { t } = useTranslation();
  const [, changeView] = useView();
  const isListed = sites.some((known) => known.name === site);
  return (
    <label className="site-picker select">
      <span className="visually-hidden">{t("bar.site")}</span>
      <select value={site} onChange={(event) => changeView(siteView(event.target.value))}>
        {!isListed && <option value={site}>{shownName || idOf(site)}</option>}
        {sites.map((known) => (
          <option key={known.name} value={known.name}>{known.displayName || idOf(known.name)}</option>
        ))}
      </select>
      <Icon name="down" />
    </label>
  );
}
