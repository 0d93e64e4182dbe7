export const SCENES = ["queues", "ready", "breaks", "staffing", "teams"] as const;
export type SceneName = (typeof SCENES)[number];

/** What the address of a wall asks for. */
export interface WallOptions {
  /** As `sites/{site}`; null if the address names none. */
  readonly site: string | null;
  readonly scenes: readonly SceneName[];
  readonly seconds: number;
  /** Null for the browser's own. */
  readonly language: string | null;
  readonly isLight: boolean;
}

const SECONDS = { usual: 12, least: 3, most: 600 } as const;
const SITE_ID = /^[a-z0-9-]{1,63}$/;

/** Reads `?site=harbor&scenes=queues,teams&seconds=20&lang=zh&theme=light`; what it does not know counts as not said. */
export function parseOptions(search: string): WallOptions {
  const query = new URLSearchParams(search);
  const site = (query.get("site") ?? "").replace(/^sites\//, "");
  const asked = (query.get("scenes") ?? "").split(",");
  const known = SCENES.filter((scene) => asked.includes(scene));
  return {
    site: SITE_ID.test(site) ? `sites/${site}` : null,
    scenes: known.length > 0 ? inAskedOrder(known, asked) : SCENES,
    seconds: secondsOf(query.get("seconds")),
    language: query.get("lang"),
    isLight: query.get("theme") === "light",
  };
}

function inAskedOrder(known: readonly SceneName[], asked: readonly string[]): readonly SceneName[] {
  return [...known].sort((one, other) => asked.indexOf(one) - asked.indexOf(other));
}

function secondsOf(text: string | null): number {
  const seconds = Number(text ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(SECONDS.most, Math.max(SECONDS.least, seconds)) : SECONDS.usual;
}
