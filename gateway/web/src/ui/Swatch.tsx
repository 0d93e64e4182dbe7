import type { PaintKey } from "../board/paints";

/** A sample of a state's look, as it is on the board. */
export function Swatch({ look }: { readonly look: PaintKey }) {
  return <span className={`swatch ${look}`} aria-hidden="true" />;
}
