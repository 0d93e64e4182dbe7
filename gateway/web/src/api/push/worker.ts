import { PushHub } from "./hub";
import type { ToHub } from "./messages";

const hub = new PushHub();

// The types of workers exclude those of pages, and pages are what the rest of the sources is about.
addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports as [MessagePort];
  port.addEventListener("message", (heard: MessageEvent<ToHub>) => hub.hear(port, heard.data));
  port.start();
});
