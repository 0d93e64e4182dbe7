import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "../api/accounts";
import type { Site } from "../api/sites";
import { idOf } from "../app/view";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { Mark } from "../ui/Mark";
import { DayPicker } from "./DayPicker";
import { LiveIndicator } from "./LiveIndicator";
import { MainMenu } from "./MainMenu";
import type { LiveBoardView } from "./useLiveBoard";

interface TopBarProps {
  readonly account: Account;
  readonly sites: readonly Site[];
  readonly site: string;
  readonly liveBoard: LiveBoardView;
  readonly now: number;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly onKeys: () => void;
  readonly onLeaveSearch: () => void;
}

export function TopBar({ account, sites, site, liveBoard, now, searchField, onKeys, onLeaveSearch }: TopBarProps) {
  const { board } = liveBoard;
  return (
    <header className="bar">
      <h1 className="brand"><Mark /><span>Muster</span></h1>
      <SitePicker site={site} sites={sites} shownName={board?.siteName ?? ""} />
      {board !== null && <DayPicker board={board} now={now} isChanging={liveBoard.isChanging} />}
      <Search field={searchField} onLeave={onLeaveSearch} />
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
      <select value={site} onChange={(event) => changeView({ site: event.target.value, day: null, agent: null })}>
        {!isListed && <option value={site}>{shownName || idOf(site)}</option>}
        {sites.map((known) => (
          <option key={known.name} value={known.name}>{known.displayName || idOf(known.name)}</option>
        ))}
      </select>
      <Icon name="down" />
    </label>
  );
}

function Search({ field, onLeave }: { field: RefObject<HTMLInputElement | null>; onLeave: () => void }) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  return (
    <div className={view.search === "" ? "search" : "search filled"} role="search">
      <Icon name="search" />
      <input
        ref={field} type="text" value={view.search} placeholder={t("bar.search")} aria-label={t("bar.search")}
        autoComplete="off" spellCheck={false} maxLength={100}
        onChange={(event) => changeView({ search: event.target.value }, "replace")}
        onKeyDown={(event) => {
          if (event.key !== "Escape" && event.key !== "Enter") return;
          if (event.key === "Escape") changeView({ search: "" }, "replace");
          onLeave();
        }}
      />
      {view.search === "" ? <kbd aria-hidden="true">/</kbd> : (
        <button
          type="button" className="clear" aria-label={t("bar.clearSearch")}
          onClick={() => changeView({ search: "" }, "replace")}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
