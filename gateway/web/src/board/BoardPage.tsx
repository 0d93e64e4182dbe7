import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";
import { listSites, type Site } from "../api/sites";
import type { PageProps } from "../app/page";
import { useView } from "../app/useView";
import { Command, ErrorState, PageState } from "../ui/PageState";
import { SiteBoard } from "./SiteBoard";
import { Skeleton } from "./Skeleton";

/** The board of the site in the address, or of the first one there is. */
export function BoardPage({ account, showKeys }: PageProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const sites = useQuery({ queryKey: ["sites"], queryFn: ({ signal }) => listSites(signal), staleTime: 60_000 });
  const site = view.site ?? sites.data?.[0]?.name ?? null;
  useEffect(() => {
    if (view.site === null && site !== null) changeView({ site }, "replace");
  }, [view.site, site, changeView]);

  if (site !== null) {
    return <SiteBoard key={site} account={account} showKeys={showKeys} site={site} sites={sites.data ?? NO_SITES} />;
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
