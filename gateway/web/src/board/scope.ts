import { siteView, type View } from "../app/view";

/** Stands for all sites that somebody may see. */
export const ALL_SITES = "sites/-";

/** The most sites that one board shows. */
export const MOST_SITES = 50;

/** The sites of a board: those that the address names, or the first one there is. */
export function sitesInScope(chosen: readonly string[], known: readonly string[]): readonly string[] {
  const wanted = chosen.length === 0 ? known.slice(0, 1) : chosen;
  return wanted.includes(ALL_SITES) ? known.slice(0, MOST_SITES) : wanted;
}

/** The choice that adds a site to the others, or takes it away; the last one stays. */
export function toggledSite(site: string, inScope: readonly string[], known: readonly string[]): readonly string[] {
  const others = inScope.filter((other) => other !== site);
  if (others.length === 0) return inScope;
  const next = others.length < inScope.length ? others : [...inScope, site];
  const inOrder = known.filter((other) => next.includes(other));
  return inOrder.length > 1 && inOrder.length === known.length ? [ALL_SITES] : inOrder;
}

/**
 * The view of other sites. What belongs to the people of former ones does not come along where one of those goes, nor do
 * days that none of them has, nor groups that one site alone does not have.
 */
export function viewOfSites(
  { day, range, zoom, axis, grouping }: View, chosen: readonly string[], before: readonly string[], known: readonly string[],
): Partial<View> {
  const next = sitesInScope(chosen, known);
  // Days of operation begin where each site's do: several sites need not agree.
  const time = { axis: axis === "operation" && next.length > 1 ? "midnight" as const : axis };
  const groups = grouping === "site" && next.length < 2 ? { grouping: "none" as const, folded: [] } : {};
  if (before.every((site) => next.includes(site))) return { sites: chosen, ...time, ...groups };
  const isShared = before.some((site) => next.includes(site));
  return { ...siteView(chosen), ...time, ...groups, ...(isShared ? { day, range, zoom } : {}) };
}
