import type { StateKey } from "../board/states";

/** A sample of a state's colour, as it looks on the board. */
export function Swatch({ state, inferred = false }: { readonly state: StateKey; readonly inferred?: boolean }) {
  return <span className={`swatch ${inferred && state === "online" ? "inferred" : state}`} aria-hidden="true" />;
}
