import type { SceneName } from "./options";

/** Teams that fit below one another, with names of two lines. */
export const TEAMS_PER_PAGE = 4;

/** One picture of the rotation; many teams take several. */
export interface Scene {
  readonly name: SceneName;
  readonly page: number;
}

export function scenesFor(names: readonly SceneName[], teamCount: number): readonly Scene[] {
  const pages = (name: SceneName) => (name === "teams" ? Math.max(1, Math.ceil(teamCount / TEAMS_PER_PAGE)) : 1);
  return names.flatMap((name) => Array.from({ length: pages(name) }, (_, page) => ({ name, page })));
}

/** The scene of an instant: by the clock alone, so that several screens of a room show the same one. */
export function sceneAt(scenes: readonly Scene[], nowMs: number, seconds: number): Scene {
  const turn = Math.floor(nowMs / (seconds * 1000)) % scenes.length;
  return scenes[turn] as Scene;
}
