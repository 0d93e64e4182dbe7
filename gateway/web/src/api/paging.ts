import type { Query } from "./http";

const PAGE_SIZE = 1000;

interface Page {
  readonly nextPageToken: string;
}

/** Lists the rows of all pages of a method that answers page by page. */
export async function listAll<P extends Page, Row>(
  load: (query: Query) => Promise<P>, rowsOf: (page: P) => readonly Row[], query: Query = {},
): Promise<Row[]> {
  const rows: Row[] = [];
  let pageToken = "";
  do {
    const page = await load({ ...query, pageSize: PAGE_SIZE, ...(pageToken === "" ? {} : { pageToken }) });
    rows.push(...rowsOf(page));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return rows;
}
