import { fromBinary } from "@bufbuild/protobuf";
import { asProblem, problemFrom, type Problem } from "../../api/problem";
import { WallSchema } from "../../gen/muster/gateway/v1/wall_service_pb";
import { readWall, type WallFacts } from "./facts";

/** How often a wall asks, and how long it waits for an answer. */
export const ASK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 4_500;
/** What is older than this covers the screen: three answers that did not come. */
export const DEAD_AFTER_MS = 15_000;

/** What was last told, and what hinders the next answer. */
export interface Feed {
  readonly facts: WallFacts | null;
  /** When the facts were told, by this computer's clock; before the first ones when asking began. */
  readonly freshMs: number;
  readonly problem: Problem | null;
}

export function newFeed(nowMs: number): Feed {
  return { facts: null, freshMs: nowMs, problem: null };
}

/** Takes an answer. One that was told before is no sign of life. */
export function heard(feed: Feed, facts: WallFacts, nowMs: number): Feed {
  const isNew = feed.facts === null || facts.serverMs > feed.facts.serverMs;
  return { facts, freshMs: isNew ? nowMs : feed.freshMs, problem: null };
}

export function failed(feed: Feed, problem: Problem): Feed {
  return { ...feed, problem };
}

/** Tells whether what is shown would mislead. */
export function isDead(feed: Feed, nowMs: number): boolean {
  return nowMs - feed.freshMs > DEAD_AFTER_MS || (feed.facts === null && feed.problem !== null);
}

/** Asks until it is stopped; who is signed in may look without a token. */
export function followWall(site: string, token: string | null, tell: (change: (feed: Feed) => Feed) => void): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    try {
      const facts = await readWall(await getWall(site, token));
      if (!stopped) tell((feed) => heard(feed, facts, Date.now()));
    } catch (error) {
      if (!stopped) tell((feed) => failed(feed, asProblem(error)));
    }
    if (!stopped) timer = setTimeout(() => void ask(), ASK_EVERY_MS);
  };
  void ask();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function getWall(site: string, token: string | null) {
  const headers: Record<string, string> = { accept: "application/x-protobuf" };
  if (token !== null) headers["authorization"] = `Bearer ${token}`;
  const response = await fetch(`/v1/${site}/wall`, {
    headers, credentials: token === null ? "same-origin" : "omit", signal: AbortSignal.timeout(ANSWER_WITHIN_MS), cache: "no-store",
  });
  if (!response.ok) throw await problemFrom(response);
  return fromBinary(WallSchema, new Uint8Array(await response.arrayBuffer()));
}
