import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "../api/accounts";
import { Icon } from "../ui/Icon";
import { KeysDialog, type KeyHint, type PageKey } from "../ui/KeysDialog";
import { PageState } from "../ui/PageState";
import { isDialogOpen, useKeys } from "../ui/useKeys";
import { moveTo, usePath } from "./address";
import { Failsafe } from "./Failsafe";
import { mayOpen, offeredOf, pageAt, type Page, type PageProps } from "./page";
import { PageBar } from "./PageBar";
import { landingPage, PAGES } from "./pages";
import { Rail } from "./Rail";

const Finder = lazy(() => import("../finder/Finder"));
const FloorControls = lazy(() => import("../pages/floor/FloorControls"));

/** The page of the address, and the ways to the others. */
export function Frame({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const path = usePath();
  const known = pageAt(PAGES, path);
  const page = known ?? landingPage(account);
  const offered = offeredOf(PAGES, account);
  const [keys, setKeys] = useState<readonly KeyHint[] | null>(null);
  const [isFinding, setFinding] = useState(false);
  const [floorKey, setFloorKey] = useState<PageKey | null>(null);
  const left = useRef(new Map<Page, string>());
  const place = usePlaceFocus(page);

  useEffect(() => {
    if (known === null) moveTo(page.path, "replace");
  }, [known, page]);
  useEffect(() => {
    document.title = `${t(page.title)} · ${t("app.name")}`;
  }, [page, t]);

  // A page is found again as it was left: its address holds what it showed.
  const go = (next: Page) => {
    if (next === page) return;
    left.current.set(page, window.location.pathname + window.location.search);
    moveTo(left.current.get(next) ?? next.path);
  };
  useKeys((key, isChord) => {
    const next = isChord ? offered.find((candidate) => candidate.key === key) : undefined;
    return next === undefined || next === page ? null : () => go(next);
  });

  useFindKey(() => page.isBare !== true && setFinding(true));

  return (
    <div className="frame">
      {page.isBare !== true && offered.length > 1 && (
        <Rail pages={offered} current={page} onGo={go}>
          <button type="button" className="rail-button" aria-haspopup="dialog" title={`${t("find.title")} (Ctrl K)`} onClick={() => setFinding(true)}>
            <Icon name="search" />
            <span>{t("find.rail")}</span>
          </button>
          {account.permissions.includes("floor.play") && (
            <Failsafe><Suspense fallback={null}><FloorControls onKey={setFloorKey} /></Suspense></Failsafe>
          )}
        </Rail>
      )}
      <div className="frame-page" ref={place} tabIndex={-1}>
        <Failsafe key={page.path}>
          <Suspense fallback={<div className="splash" role="status" aria-label={t("frame.loading")} />}>
            {mayOpen(account, page)
              ? <page.Component account={account} showKeys={setKeys} />
              : <Forbidden page={page} account={account} showKeys={setKeys} />}
          </Suspense>
        </Failsafe>
      </div>
      {isFinding && (
        <Failsafe title={t("find.unloadable")}>
          <Suspense fallback={null}>
            <Finder
              pages={offered.map(({ path: at, title, key }) => ({ path: at, title: t(title), key }))}
              hasPeople={["board.read", "roster.people.read"].every((needed) => account.permissions.includes(needed))}
              onPage={(at) => go(pageAt(PAGES, at) ?? page)} onPerson={moveTo} onClose={() => setFinding(false)}
            />
          </Suspense>
        </Failsafe>
      )}
      {keys !== null && (
        <KeysDialog
          keys={keys} pages={[...offered.map((one): PageKey => [one.key, t(one.title)]), ...(floorKey === null ? [] : [floorKey])]}
          onClose={() => setKeys(null)}
        />
      )}
    </div>
  );
}

function Forbidden({ page, ...props }: PageProps & { readonly page: Page }) {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageBar {...props} title={t(page.title)} />
      <main className="frame-message">
        <PageState title={t("page.forbiddenTitle")}>
          <p>{t("page.forbidden", { permission: page.permission })}</p>
        </PageState>
      </main>
    </div>
  );
}

/** Ctrl-K, or ⌘K, works everywhere, also where somebody types, except over a dialog. */
function useFindKey(find: () => void): void {
  const current = useRef(find);
  current.current = find;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      if (!isDialogOpen()) current.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Somebody who goes to another page goes on there by keyboard; who has just opened the app is left alone. */
function usePlaceFocus(page: Page) {
  const place = useRef<HTMLDivElement>(null);
  const former = useRef(page);
  useEffect(() => {
    if (former.current !== page) place.current?.focus();
    former.current = page;
  }, [page]);
  return place;
}
