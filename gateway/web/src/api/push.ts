import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import type { Place } from "../board/model";
import { SiteQueueFiguresSchema } from "../gen/muster/dispatch/v1/queue_pb";
import { BoardChangesSchema, RosterChangesSchema } from "../gen/muster/gateway/v1/push_pb";
import { readJson } from "./http";
import { connectToHub, PushPage, type Subscription } from "./push/page";

export type { Subscription };

/** What each kind of topic tells. */
const SCHEMAS = {
  /** Changes of the agents' states, after a snapshot's cursor. */
  board: BoardChangesSchema,
  /** How the site's queues stand: all of them, at once and whenever one changed. Has no places. */
  waiting: SiteQueueFiguresSchema,
  /** That people or shifts changed: fetch them again. */
  roster: RosterChangesSchema,
} satisfies Record<string, DescMessage>;

export type Kind = keyof typeof SCHEMAS;
export type Told<K extends Kind> = MessageShape<(typeof SCHEMAS)[K]>;

export interface PushHandlers<T> {
  /** The stream lives: a frame came, a heartbeat, or its opening. */
  onSignal(): void;
  onFrame(message: T): void;
  /** The topic stands still, as its owner does not answer: its next frame ends that. */
  onMissing?(): void;
  /** The server cannot go on from where we stand. The subscription has ended: fetch a snapshot and subscribe with its cursor. */
  onResync(): void;
  /** Whoever is signed in may not follow it. The subscription has ended. */
  onRefused(reason: string): void;
  /** The stream broke; it is opened again by itself and goes on where it was. */
  onBroken(): void;
}

/** Follows a topic of a site from a place on, or from now on. */
export type Subscribe = <K extends Kind>(
  kind: K, site: string, place: Place | null, handlers: PushHandlers<Told<K>>,
) => Subscription;

/** All tabs of a browser share one stream. */
export const subscribe: Subscribe = (kind, site, place, handlers) => subscribeThrough(thisPage())(kind, site, place, handlers);

/** Reads what a page is told as messages. */
export function subscribeThrough(page: PushPage): Subscribe {
  return (kind, site, place, handlers) =>
    page.subscribe(`${kind}/${site}`, place === null ? null : `${place.epoch}:${place.seq}`, {
      ...handlers,
      onFrame: (data) => handlers.onFrame(readJson<DescMessage>(SCHEMAS[kind], data) as Told<typeof kind>),
    });
}

let page: PushPage | null = null;

function thisPage(): PushPage {
  if (page !== null) return page;
  const created = new PushPage(connectToHub);
  addEventListener("pagehide", () => created.announce(true));
  // Back from the browser's cache of pages.
  addEventListener("pageshow", (event) => event.persisted && created.announce());
  return (page = created);
}
