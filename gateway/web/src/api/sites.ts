import type { Site } from "../gen/muster/roster/v1/people_pb";
import { ListSitesResponseSchema } from "../gen/muster/roster/v1/roster_service_pb";
import { get } from "./http";

export type { Site };

const PAGE_SIZE = 1000;

/** Lists every site that the caller may see, by name. */
export async function listSites(signal?: AbortSignal): Promise<Site[]> {
  const sites: Site[] = [];
  let pageToken = "";
  do {
    const query = pageToken === "" ? { pageSize: PAGE_SIZE } : { pageSize: PAGE_SIZE, pageToken };
    const page = await get(ListSitesResponseSchema, "/v1/sites", query, signal);
    sites.push(...page.sites);
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return sites;
}
