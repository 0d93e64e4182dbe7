import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";
import { listSites, type Site } from "../api/sites";
import type { PageProps } from "../app/page";
import { useView } from "../app/useView";
import { Command, ErrorState, PageState } from "../ui/PageState";
import { sitesInScope } from "./scope";
import { SiteBoard } from "./SiteBoard";
import { Skeleton } from "./Skeleton";

/** The board of the sites in the address, or of the first one there is. */
export function BoardPage({ account, showKeys }: PageProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const sites = useQuery({ queryKey: ["sites"], queryFn: ({ signal }) => listSites(signal), staleTime: 60_000 });
  const known = sites.data ?? NO_SITES;
  const chosen = view.sites.join();
  const inScope = useMemo(() => sitesInScope(view.sites, known.map(({ name }) => name)), [chosen, known]);
  const isChosen = view.sites.length > 0;
  useEffect(() => {
    if (!isChosen && inScope.length > 0) changeView({ sites: inScope }, "replace");
  }, [isChosen, inScope, changeView]);

  if (inScope.length > 0) {
    return <SiteBoard account={account} showKeys={showKeys} inScope={inScope} sites={known} />;
  }
  if (sites.isError) return <ErrorState problem={asProblem(sites.error)} onRetry={() => void sites.refetch()} />;
  if (sites.data === undefined) return <Skeleton />;
  return (
    <PageState title={t("page.noSitesTitle")}>
      <p>{t("page.noSites")}</p>
      <Command>muster import roster --sites sites.csv --teams teams.csv --agents agents.csv</Command>
    </PageState>
  );
}

const NO_SITES: readonly Site[] = [];
