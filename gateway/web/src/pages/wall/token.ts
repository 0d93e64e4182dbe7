const KEY = "muster.wall.token";

/**
 * The screen's token, from the fragment of the address (`#token=mss_...`) the first time and from this tab's memory afterwards.
 *
 * A fragment is sent to no server and stands in no log; it is taken from the address bar at once. Tab memory, and no cookie: the
 * token is sent by nothing but our own calls, it ends with the tab, and it does not take the place of somebody's session in the
 * same browser. What it opens is figures of one site, and nobody's row.
 */
export function takeToken(place: Location = window.location, memory: Storage = window.sessionStorage): string | null {
  const given = new URLSearchParams(place.hash.slice(1)).get("token");
  if (given === null || given === "") return memory.getItem(KEY);
  memory.setItem(KEY, given);
  window.history.replaceState(null, "", place.pathname + place.search);
  return given;
}
