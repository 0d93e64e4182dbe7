import type { JsonValue } from "@bufbuild/protobuf";

/** A place in a topic's order, `<epoch>:<seq>`; null for now. */
export type Cursor = string | null;

/** What a page wants to be told. */
export interface Wanted {
  /** Names the subscription among those of its page. */
  readonly id: number;
  /** For example `board/sites/harbour`. */
  readonly topic: string;
  /** The place after which to begin. */
  readonly cursor: Cursor;
}

/** What a page says to the hub. `want` names all its subscriptions each time, so that nothing depends on an earlier word. */
export type ToHub = { readonly kind: "want"; readonly all: readonly Wanted[] } | { readonly kind: "retry" };

/** What the hub says to a page: of its connection, or of one of the page's subscriptions. */
export type FromHub =
  | { readonly kind: "signal" }
  | { readonly kind: "broken" }
  | { readonly kind: "frame"; readonly id: number; readonly data: JsonValue; readonly cursor: Cursor }
  | { readonly kind: "missing"; readonly id: number }
  | { readonly kind: "resync"; readonly id: number }
  | { readonly kind: "refused"; readonly id: number; readonly reason: string };

/** Tells whether a place comes after another one of the same order; a place of a later epoch comes after all. */
export function isAfter(cursor: string, other: string): boolean {
  const [epoch, seq] = numbers(cursor);
  const [otherEpoch, otherSeq] = numbers(other);
  return epoch === otherEpoch ? seq > otherSeq : epoch > otherEpoch;
}

function numbers(cursor: string): [bigint, bigint] {
  const [epoch = "0", seq = "0"] = cursor.split(":");
  return [BigInt(epoch), BigInt(seq)];
}
