import type { JsonValue } from "@bufbuild/protobuf";
import type { Cursor } from "./messages";

export interface StreamHandlers {
  /** Something came: a frame, a heartbeat or the opening of the stream. */
  onSignal(): void;
  onFrame(topic: string, data: JsonValue): void;
  /** The server cannot go on with a topic: only a snapshot helps. The stream has ended. */
  onResync(topic: string): void;
  /** The topic is not ours to follow; the others go on. */
  onRefused(topic: string, reason: string): void;
  /** The topic stands still, as its owner does not answer: its next frame ends that. */
  onMissing(topic: string): void;
  /** The stream broke; it is opened again by itself. */
  onBroken(): void;
}

/** The part of EventSource that the stream uses, so that a test can play the server. */
export type Source = Pick<EventSource, "addEventListener" | "close">;
export type OpenSource = (address: string) => Source;

const PLACE = /^\d+:\d+$/;
const SILENCE_MS = 25_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/** The topics that a server's events tell of, by the name of the event. */
const KINDS: Readonly<Record<string, string>> = { states: "board", waiting: "waiting", roster: "roster" };

/**
 * Follows topics from their places on, and keeps the places, which are moved before a frame is handed on. The browser's own resumption gives up on an answer that is no stream and does not
 * notice a connection that died silently, so breaks, silence (no heartbeat for 25 s) and places are kept here.
 */
export class PushStream {
  private readonly topics: readonly string[];
  private source: Source | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private closed = false;

  constructor(
    private readonly places: Map<string, Cursor>,
    private readonly handlers: StreamHandlers,
    private readonly openSource: OpenSource = (address) => new EventSource(address),
  ) {
    this.topics = [...places.keys()];
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
    const source = this.openSource(`/v1/push?${this.query()}`);
    this.source = source;
    const listen = (name: string, listener: (event: MessageEvent<string>) => void) =>
      source.addEventListener(name, (event) => listener(event as MessageEvent<string>));
    listen("open", () => this.signal());
    listen("heartbeat", (event) => this.read(event, () => undefined));
    for (const [name, kind] of Object.entries(KINDS)) {
      listen(name, (event) => this.read(event, (data) => this.handlers.onFrame(`${kind}/${siteOf(data)}`, data)));
    }
    listen("refused", (event) => this.read(event, (data) => this.handlers.onRefused(text(data, "topic"), text(data, "reason"))));
    listen("missing", (event) => this.read(event, (data) => this.handlers.onMissing(text(data, "topic"))));
    listen("resync", (event) => this.lose(event));
    listen("error", () => this.break());
    this.waitAtMost(SILENCE_MS, () => this.break());
  }

  /** The n-th cursor belongs to the n-th topic. */
  private query(): URLSearchParams {
    const query = new URLSearchParams();
    for (const topic of this.topics) query.append("topic", topic);
    for (const topic of this.topics) query.append("cursor", this.places.get(topic) ?? "");
    return query;
  }

  private read(event: MessageEvent<string>, take: (data: JsonValue) => void): void {
    this.signal();
    // Whoever closed it just now begins again where it was.
    if (this.closed) return;
    this.move(event.lastEventId);
    take(JSON.parse(event.data) as JsonValue);
  }

  /** The places of all topics stand in each event's id, in the order of the topics; `-` for none. */
  private move(id: string): void {
    const places = id.split(",");
    if (places.length !== this.topics.length) return;
    this.topics.forEach((topic, index) => {
      const place = places[index] as string;
      if (PLACE.test(place)) this.places.set(topic, place);
    });
  }

  private lose(event: MessageEvent<string>): void {
    this.close();
    this.handlers.onResync(text(JSON.parse(event.data) as JsonValue, "topic"));
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

function siteOf(data: JsonValue): string {
  return text((data as { cursor?: JsonValue }).cursor ?? null, "site");
}

function text(data: JsonValue, name: string): string {
  const value = (data as Record<string, JsonValue> | null)?.[name];
  return typeof value === "string" ? value : "";
}
