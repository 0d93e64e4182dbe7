import type { JsonValue } from "@bufbuild/protobuf";
import { isAfter, type Cursor, type FromHub, type ToHub, type Wanted } from "./messages";
import { PushStream, type OpenSource } from "./stream";

/** A page's end of the conversation. */
export interface Page {
  postMessage(message: FromHub): void;
}

interface Subscription {
  readonly page: Page;
  readonly id: number;
  /** Up to where the page was told. */
  cursor: Cursor;
}

interface Frame {
  readonly data: JsonValue;
  readonly cursor: Cursor;
}

class Topic {
  readonly subscriptions: Subscription[] = [];
  /** The newest frames, for whoever comes with the place of a snapshot that is some moments old. */
  kept: Frame[] = [];
  /** The place after which all frames are kept; null while none is known. */
  from: Cursor = null;
}

const KEPT_FRAMES = 200;
// Pages say every 30 s that they are there; hidden ones are slowed down to once a minute.
const SILENT_PAGE_MS = 180_000;
// A page subscribes to its topics one after the other; one stream is opened for all of them.
const GATHERING_MS = 20;

/**
 * Follows for all pages of a browser what any of them wants to be told, over one stream: browsers open six connections to a
 * host at most, and a server need not tell the same thing once a tab.
 */
export class PushHub {
  private readonly pages = new Map<Page, number>();
  private readonly topics = new Map<string, Topic>();
  private readonly places = new Map<string, Cursor>();
  private stream: PushStream | null = null;
  private isLive = false;
  private opening: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly openSource?: OpenSource) {}

  /** Takes what a page says. */
  hear(page: Page, message: ToHub): void {
    if (message.kind === "retry") return this.stream?.retry();
    if (message.all.length > 0) this.pages.set(page, Date.now());
    else this.pages.delete(page);
    this.settle(page, message.all);
    if (this.isLive) page.postMessage({ kind: "signal" });
  }

  private settle(page: Page, wanted: readonly Wanted[]): void {
    const ids = new Set(wanted.map(({ id }) => id));
    for (const name of [...this.topics.keys()]) this.leave(name, (one) => one.page === page && !ids.has(one.id));
    for (const one of wanted) this.join(page, one);
  }

  private join(page: Page, { id, topic: name, cursor }: Wanted): void {
    const topic = this.topics.get(name) ?? this.addTopic(name, cursor);
    if (topic.subscriptions.some((one) => one.page === page && one.id === id)) return;
    const from = topic.from ?? this.places.get(name) ?? null;
    if (cursor !== null && from === null) {
      // So far nobody knew a place.
      this.places.set(name, cursor);
      this.reopen();
    } else if (cursor !== null && from !== null && isAfter(from, cursor)) {
      page.postMessage({ kind: "resync", id });
      return;
    }
    const subscription = { page, id, cursor };
    topic.subscriptions.push(subscription);
    for (const frame of topic.kept) if (cursor !== null || frame.cursor === null) tell(subscription, frame);
  }

  private addTopic(name: string, cursor: Cursor): Topic {
    const topic = new Topic();
    topic.from = cursor;
    this.topics.set(name, topic);
    this.places.set(name, cursor);
    this.reopen();
    return topic;
  }

  private leave(name: string, leaves: (one: Subscription) => boolean): void {
    const topic = this.topics.get(name) as Topic;
    const staying = topic.subscriptions.filter((one) => !leaves(one));
    topic.subscriptions.splice(0, Infinity, ...staying);
    if (staying.length > 0) return;
    this.topics.delete(name);
    this.places.delete(name);
    this.reopen();
  }

  private reopen(): void {
    // At once, so that it moves no places any more.
    this.stream?.close();
    this.stream = null;
    // Whoever comes now is told that it lives once the stream that tells of her topics does.
    this.isLive = false;
    this.opening ??= setTimeout(() => {
      this.opening = undefined;
      if (this.topics.size > 0) this.stream = this.open();
    }, GATHERING_MS);
  }

  private open(): PushStream {
    const handlers = {
      onSignal: () => this.signal(),
      onFrame: (name: string, data: JsonValue) => this.receive(name, data),
      onMissing: (name: string) => this.tellMissing(name),
      onResync: (name: string) => this.end(name, (id) => ({ kind: "resync", id })),
      onRefused: (name: string, reason: string) => this.end(name, (id) => ({ kind: "refused", id, reason })),
      onBroken: () => this.break(),
    };
    return new PushStream(this.places, handlers, this.openSource);
  }

  private receive(name: string, data: JsonValue): void {
    const topic = this.topics.get(name);
    if (topic === undefined) return;
    const frame = { data, cursor: this.places.get(name) ?? null };
    keep(topic, frame);
    for (const one of topic.subscriptions) tell(one, frame);
  }

  private tellMissing(name: string): void {
    for (const { page, id } of this.topics.get(name)?.subscriptions ?? []) page.postMessage({ kind: "missing", id });
  }

  /** Those who follow the topic are told why it ends; the stream goes on with the others. */
  private end(name: string, word: (id: number) => FromHub): void {
    for (const one of this.topics.get(name)?.subscriptions ?? []) one.page.postMessage(word(one.id));
    if (this.topics.has(name)) this.leave(name, () => true);
  }

  private signal(): void {
    this.isLive = true;
    for (const [page, heardMs] of this.pages) {
      if (Date.now() - heardMs > SILENT_PAGE_MS) this.hear(page, { kind: "want", all: [] });
      else page.postMessage({ kind: "signal" });
    }
  }

  private break(): void {
    this.isLive = false;
    for (const topic of this.topics.values()) {
      // Whoever signs in next may not be meant to see them.
      topic.kept = [];
      topic.from = null;
    }
    for (const page of this.pages.keys()) page.postMessage({ kind: "broken" });
  }
}

function keep(topic: Topic, frame: Frame): void {
  if (frame.cursor === null) {
    // Without a place each frame tells all there is.
    topic.kept = [frame];
  } else if (topic.from === null) {
    topic.from = frame.cursor;
  } else {
    topic.kept.push(frame);
    if (topic.kept.length > KEPT_FRAMES) topic.from = topic.kept.shift()?.cursor ?? null;
  }
}

function tell(one: Subscription, frame: Frame): void {
  if (frame.cursor !== null) {
    if (one.cursor !== null && !isAfter(frame.cursor, one.cursor)) return;
    one.cursor = frame.cursor;
  }
  one.page.postMessage({ kind: "frame", id: one.id, data: frame.data, cursor: frame.cursor });
}
