import { isDay, type IsoDay } from "../board/day";
import { stateKey, stateOfKey, STATES } from "../board/states";
import type { State } from "../gen/muster/presence/v1/state_pb";

/** How tall rows are: all on one screen where possible, or always tall. */
export type RowSize = "fit" | "roomy";

/** What the page shows, all of it in the address: sent to a colleague it opens the same. */
export interface View {
  /** As `sites/{site}`; null for the first one. */
  readonly site: string | null;
  /** Null for the newest day that has data. */
  readonly day: IsoDay | null;
  /** The agent whose log is open, as `agents/{agent}`. */
  readonly agent: string | null;
  /** Part of the names that are shown. */
  readonly search: string;
  /** The states to which the rows are limited; none for all. */
  readonly states: readonly State[];
  readonly rowSize: RowSize;
}

const ID = /^[a-z0-9-]{1,63}$/;

export function parseView(query: string): View {
  const fields = new URLSearchParams(query);
  const day = fields.get("day") ?? "";
  const wanted = (fields.get("state") ?? "").split(",").map(stateOfKey);
  return {
    site: nameFrom("sites", fields.get("site")),
    day: isDay(day) ? day : null,
    agent: nameFrom("agents", fields.get("agent")),
    search: fields.get("q") ?? "",
    states: STATES.filter((state) => wanted.includes(state)),
    rowSize: fields.get("rows") === "roomy" ? "roomy" : "fit",
  };
}

export function formatView(view: View): string {
  const fields = new URLSearchParams();
  if (view.site !== null) fields.set("site", idOf(view.site));
  if (view.day !== null) fields.set("day", view.day);
  if (view.search !== "") fields.set("q", view.search);
  if (view.states.length > 0) fields.set("state", view.states.map(stateKey).join(","));
  if (view.rowSize !== "fit") fields.set("rows", view.rowSize);
  if (view.agent !== null) fields.set("agent", idOf(view.agent));
  return fields.toString().replaceAll("%2C", ",");
}

/** The id within a resource name: `bank` of `sites/bank`. */
export function idOf(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

function nameFrom(collection: string, id: string | null): string | null {
  return id !== null && ID.test(id) ? `${collection}/${id}` : null;
}
