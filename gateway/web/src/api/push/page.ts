import type { JsonValue } from "@bufbuild/protobuf";
import { PushHub } from "./hub";
import type { Cursor, FromHub, ToHub } from "./messages";

/** What becomes of a subscription, before its data is read as a message. */
export interface RawHandlers {
  onSignal(): void;
  onFrame(data: JsonValue): void;
  onMissing?(): void;
  onResync(): void;
  onRefused(reason: string): void;
  onBroken(): void;
}

export interface Subscription {
  close(): void;
  /** Tries again at once: somebody asked, or the network came back. */
  retry(): void;
}

/** Tells the hub what a page says. */
export type Say = (message: ToHub) => void;
/** Connects a page to its hub. */
export type Connect = (hear: (message: FromHub) => void) => Say;

const PRESENT_EVERY_MS = 30_000;

interface Open {
  readonly topic: string;
  readonly handlers: RawHandlers;
  cursor: Cursor;
}

/** A page's subscriptions. The first one connects it to the hub. */
export class PushPage {
  private readonly open = new Map<number, Open>();
  private say: Say | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private lastId = 0;

  constructor(private readonly connect: Connect) {}

  subscribe(topic: string, cursor: Cursor, handlers: RawHandlers): Subscription {
    const id = ++this.lastId;
    this.open.set(id, { topic, handlers, cursor });
    this.timer ??= setInterval(() => this.announce(), PRESENT_EVERY_MS);
    this.announce();
    return { close: () => this.close(id), retry: () => this.say?.({ kind: "retry" }) };
  }

  /** Tells the hub what the page wants; nothing while it is hidden for good. */
  announce(isLeaving = false): void {
    this.say ??= this.connect((message) => this.hear(message));
    const all = [...this.open].map(([id, { topic, cursor }]) => ({ id, topic, cursor }));
    this.say({ kind: "want", all: isLeaving ? [] : all });
  }

  private close(id: number): void {
    if (!this.open.delete(id)) return;
    this.announce();
    if (this.open.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private hear(message: FromHub): void {
    const everybody = [...this.open.values()];
    if (message.kind === "signal") return everybody.forEach(({ handlers }) => handlers.onSignal());
    if (message.kind === "broken") return everybody.forEach(({ handlers }) => handlers.onBroken());
    const one = this.open.get(message.id);
    if (one === undefined) return;
    if (message.kind === "frame") {
      one.cursor = message.cursor ?? one.cursor;
      return one.handlers.onFrame(message.data);
    }
    if (message.kind === "missing") return one.handlers.onMissing?.();
    // The hub has ended it already.
    this.open.delete(message.id);
    if (message.kind === "resync") one.handlers.onResync();
    else one.handlers.onRefused(message.reason);
  }
}

/** Connects to the one hub of all pages of this browser; where there are no shared workers, to one of the page's own. */
export const connectToHub: Connect = (hear) => (typeof SharedWorker === "undefined" ? toOwnHub(hear) : toSharedHub(hear));

function toOwnHub(hear: (message: FromHub) => void): Say {
  const hub = new PushHub();
  // As between page and worker, nobody is answered before she has finished speaking.
  const page = { postMessage: (message: FromHub) => queueMicrotask(() => hear(message)) };
  return (message) => hub.hear(page, message);
}

function toSharedHub(hear: (message: FromHub) => void): Say {
  const worker = new SharedWorker(new URL("./worker.ts", import.meta.url), { type: "module", name: "muster-push" });
  worker.port.addEventListener("message", (event: MessageEvent<FromHub>) => hear(event.data));
  worker.port.start();
  let say: Say = (message) => worker.port.postMessage(message);
  const waiting: ToHub[] = [];
  // A worker that cannot be loaded, as by a strict proxy, must not leave a board dead.
  worker.addEventListener("error", () => {
    say = toOwnHub(hear);
    for (const message of waiting.slice(-1)) say(message);
  });
  return (message) => {
    waiting.splice(0, Infinity, message);
    say(message);
  };
}
