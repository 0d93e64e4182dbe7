import { toJson, type JsonValue } from "@bufbuild/protobuf";
import { PushHub } from "../src/api/push/hub";
import type { FromHub, ToHub } from "../src/api/push/messages";
import { PushPage } from "../src/api/push/page";
import type { Source } from "../src/api/push/stream";
import { BoardChangesSchema, type BoardChanges } from "../src/gen/muster/gateway/v1/push_pb";

type Listener = (event: unknown) => void;

/** Plays the server's end of every stream that is opened. */
export class PushServer {
  readonly addresses: string[] = [];
  private listeners = new Map<string, Listener>();
  openCount = 0;

  get isOpen(): boolean {
    return this.openCount > 0;
  }

  readonly open = (address: string): Source => {
    this.addresses.push(decodeURIComponent(address));
    const listeners = (this.listeners = new Map<string, Listener>());
    this.openCount += 1;
    let isClosed = false;
    const close = () => {
      if (!isClosed) this.openCount -= 1;
      isClosed = true;
      listeners.clear();
    };
    const addEventListener = (name: string, listener: Listener) => listeners.set(name, listener);
    return { addEventListener, close } as unknown as Source;
  };

  send(name: string, event: object = {}): void {
    this.listeners.get(name)?.(event);
  }

  /** Sends an event with the places of all topics as its id. */
  say(name: string, places: string, data: JsonValue = {}): void {
    this.send(name, { data: JSON.stringify(data), lastEventId: places });
  }

  /** Sends a frame; `places` those of all topics, where there are several. */
  push(frame: BoardChanges, places?: string): void {
    const { epoch = 0, seq = 0n } = frame.cursor ?? {};
    this.say("states", places ?? `${epoch}:${seq}`, toJson(BoardChangesSchema, frame));
  }
}

/** A page whose hub runs beside it and follows the server. */
export function aPage(server: PushServer): PushPage {
  const hub = new PushHub(server.open);
  return pageOf(hub);
}

export function pageOf(hub: PushHub): PushPage {
  return new PushPage((hear: (message: FromHub) => void) => {
    const page = { postMessage: hear };
    return (message: ToHub) => hub.hear(page, message);
  });
}
