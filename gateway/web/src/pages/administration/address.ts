import { idOf } from "./kit/names";
import type { SectionId } from "./permissions";

export const ROOT = "/administration";

/** Where a section is, at the site that is chosen and with whatever of it is open. */
export function addressOf(section: SectionId, site: string | undefined, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...(site === undefined ? {} : { site: idOf(site) }), ...more });
  return `${ROOT}/${section}${query.size === 0 ? "" : `?${query}`}`;
}
