import type { RefObject } from "react";
import type { Account } from "../api/accounts";
import type { Site } from "../api/sites";
import { MainMenu } from "../app/MainMenu";
import { Mark } from "../ui/Mark";
import { DayPicker } from "./DayPicker";
import { FilterMenu } from "./FilterMenu";
import { LiveIndicator } from "./LiveIndicator";
import { Search } from "./Search";
import { SiteMenu } from "./SiteMenu";
import type { Labels } from "./useLabels";
import type { LiveBoardView } from "./useLiveBoard";
import type { Marks } from "./useMarks";
import { ViewMenu } from "./ViewMenu";

interface TopBarProps {
  readonly account: Account;
  readonly sites: readonly Site[];
  /** The names of those that the board shows. */
  readonly inScope: readonly string[];
  readonly liveBoard: LiveBoardView;
  readonly labels: Labels;
  readonly marks: Marks;
  readonly now: number;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly onKeys: () => void;
  readonly onLeaveSearch: () => void;
}

const EXPORT = "board.export";

/** Which sites, which span, which people, how it is drawn, how fresh it is, and who looks. */
export function TopBar(props: TopBarProps) {
  const { account, sites, inScope, liveBoard, labels, marks, now, searchField, onKeys, onLeaveSearch } = props;
  const { board } = liveBoard;
  return (
    <header className="bar">
      <h1 className="brand"><Mark /><span>Muster</span></h1>
      <SiteMenu sites={sites} inScope={inScope} shownName={board?.siteName ?? ""} />
      {board !== null && <DayPicker board={board} now={now} isChanging={liveBoard.isChanging} />}
      <Search board={board} labels={labels} field={searchField} onLeave={onLeaveSearch} />
      {board !== null && <FilterMenu board={board} labels={labels} />}
      {board !== null && <ViewMenu board={board} marks={marks} mayExport={account.permissions.includes(EXPORT)} />}
      <LiveIndicator liveBoard={liveBoard} now={now} />
      <MainMenu account={account} onKeys={onKeys} />
    </header>
  );
}
