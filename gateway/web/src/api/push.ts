import type { JsonValue } from "@bufbuild/protobuf";
import { BoardChangesSchema, type BoardChanges } from "../gen/muster/gateway/v1/push_pb";
import type { Place } from "../board/model";
import { readJson } from "./http";

export interface PushHandlers {
  /** Something came: a frame, a heartbeat or the opening of the stream. */
  onSignal(): void;
  onChanges(changes: BoardChanges): void;
  /** The server cannot go on from where we stand: only a snapshot helps. */
  onResync(): void;
  /** The stream broke; it is opened again by itself. */
  onBroken(): void;
}

/** The part of EventSource that the stream uses, so that a test can play the server. */
export type Source = Pick<EventSource, "addEventListener" | "close">;
export type OpenSource = (address: string) => Source;

const SILENCE_MS = 25_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/**
 * Follows a site's changes from a place on. The browser's own resumption gives up on an answer that is no stream and
 * does not notice a connection that died silently, so breaks, silence (no heartbeat for 25 s) and places are kept here.
 */
export class PushStream {
  private source: Source | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private closed = false;

  constructor(
    private readonly site: string,
    private place: Place,
    private readonly handlers: PushHandlers,
    private readonly openSource: OpenSource = (address) => new EventSource(address),
  ) {
    this.open();
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  /** Tries again at once: somebody asked, or the network came back. */
  retry(): void {
    this.failures = 0;
    this.open();
  }

  private open(): void {
    this.drop();
    if (this.closed) return;
    const cursor = `${this.place.epoch}:${this.place.seq}`;
    const source = this.openSource(`/v1/push?${new URLSearchParams({ topic: `board/${this.site}`, cursor })}`);
    this.source = source;
    source.addEventListener("open", () => this.signal());
    source.addEventListener("heartbeat", (event) => this.beat(event as MessageEvent<string>));
    source.addEventListener("states", (event) => this.receive(event as MessageEvent<string>));
    source.addEventListener("resync", () => this.handlers.onResync());
    source.addEventListener("error", () => this.break());
    this.waitAtMost(SILENCE_MS, () => this.break());
  }

  private receive(event: MessageEvent<string>): void {
    this.signal();
    const changes = readJson(BoardChangesSchema, JSON.parse(event.data) as JsonValue);
    if (changes.cursor !== undefined) this.place = { epoch: changes.cursor.epoch, seq: changes.cursor.seq };
    this.handlers.onChanges(changes);
  }

  /** A heartbeat moves our place too: what we may not see still counts in the site's order. */
  private beat(event: MessageEvent<string>): void {
    const match = /^(\d+):(\d+)$/.exec(event.lastEventId);
    if (match !== null) this.place = { epoch: Number(match[1]), seq: BigInt(match[2] as string) };
    this.signal();
  }

  private signal(): void {
    this.failures = 0;
    this.waitAtMost(SILENCE_MS, () => this.break());
    this.handlers.onSignal();
  }

  private break(): void {
    this.drop();
    this.handlers.onBroken();
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.failures, LONGEST_RETRY_MS);
    this.failures += 1;
    // Spread, so that a restarted gateway is not asked by every board at once.
    this.waitAtMost(wait * (0.5 + Math.random() / 2), () => this.open());
  }

  private waitAtMost(ms: number, then: () => void): void {
    clearTimeout(this.timer);
    if (!this.closed) this.timer = setTimeout(then, ms);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }
}
