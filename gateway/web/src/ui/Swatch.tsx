import type { PaintKey } from "../board/paints";
import type { StandingKey } from "../board/standings";

/** A sample of a state's look, as it is on the board. */
export function Swatch({ look }: { readonly look: PaintKey | StandingKey }) {
  return <span className={`swatch ${look}`} aria-hidden="true" />;
}
