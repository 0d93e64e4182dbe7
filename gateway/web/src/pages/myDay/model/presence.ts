import { SourceKind, State } from "../../../gen/muster/presence/v1/state_pb";
import type { Piece } from "./pieces";

/** What all clients of this page are called, before their own part. */
const FAMILY = "my-day-";

/** The source as which a browser speaks. Each has its own, since each has its own clock. */
export function ownSource(device: string): string {
  return `${FAMILY}${device}`;
}

/** Her state is what she pressed on a page like this one, so that it holds while one of them is awake. */
export function isKeptByPages(last: Piece | undefined): boolean {
  return last !== undefined && last.givenBy === SourceKind.AGENT && last.source.startsWith(FAMILY)
    && last.state !== State.OFFLINE;
}

/** What she had pressed before nobody heard of her pages any longer; null unless that is how things stand. */
export function lostWith(pieces: readonly Piece[]): Piece | null {
  const [before, last] = pieces.slice(-2);
  return last?.state === State.UNOBSERVED && isKeptByPages(before) ? (before as Piece) : null;
}

/** What is known of this page's signs of life, by this computer's clock. */
export interface Pulse {
  /** When the server last heard of this page; null if it never did. */
  readonly heardMs: number | null;
  /** For how long that holds; null if for ever. */
  readonly leaseMs: number | null;
  /** The attempts since then have failed. */
  readonly isFailing: boolean;
}

export const NO_PULSE: Pulse = { heardMs: null, leaseMs: null, isFailing: false };

/** How often to be heard: three times a lease. */
export function beatPauseMs({ leaseMs }: Pulse): number {
  return Math.min(Math.max((leaseMs ?? 90_000) / 3, 1_000), 60_000);
}
