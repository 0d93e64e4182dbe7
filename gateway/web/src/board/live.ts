import { subscribe, type Subscribe, type Subscription } from "../api/push";
import type { BoardChanges } from "../gen/muster/gateway/v1/push_pb";
import { applyChanges } from "./changes";
import { newestChangeMs } from "./instant";
import { NO_PLACE, type Board, type Place } from "./model";

export type Connection = "connecting" | "live" | "broken";

export interface LiveState {
  readonly board: Board | null;
  readonly connection: Connection;
  /** The sites of which nobody tells what changes though the connection lives, and since when, by this computer's clock. */
  readonly still: ReadonlyMap<string, number>;
  /** When the connection last said anything, by this computer's clock. */
  readonly lastSignalMs: number;
  /** When the newest change that we know occurred, by the server's clock; null if there is none. */
  readonly newestChangeMs: number | null;
}

/** Of each site: one that tells much takes nothing from the others. */
const KEPT_FRAMES = 400;
const SNAPSHOT_DELAY_MS = 600;
const SNAPSHOT_PAUSE_MS = 2_000;
/** A roster that changed concerns every open board: they do not all ask in the same moment. */
const ROSTER_SPREAD_MS = 3_000;

/**
 * Keeps a board up to date: snapshots come from outside through `show`, each site's changes from the push stream. Recent
 * frames are kept, so that a snapshot that left the server before them is brought up to date when it arrives.
 */
export class LiveBoard {
  private state: LiveState = {
    board: null, connection: "connecting", still: new Map(), lastSignalMs: 0, newestChangeMs: null,
  };
  private readonly listeners = new Set<() => void>();
  private readonly rowListeners = new Set<(rows: readonly number[]) => void>();
  private readonly frames = new Map<string, readonly BoardChanges[]>();
  private readonly streams = new Map<string, Subscription>();
  private snapshotTimer: ReturnType<typeof setTimeout> | undefined;
  private lastSnapshotMs = 0;
  private readonly knownStrangers = new Set<string>();

  constructor(
    private readonly requestSnapshot: () => void,
    private readonly onBroken: () => void = () => undefined,
    private readonly subscribeTo: Subscribe = subscribe,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): LiveState => this.state;

  /** Tells which rows a change has just touched. */
  onRows(listener: (rows: readonly number[]) => void): () => void {
    this.rowListeners.add(listener);
    return () => this.rowListeners.delete(listener);
  }

  /** Shows a snapshot and follows its sites from it on. */
  show(board: Board): void {
    this.leaveOthers(board.sites);
    for (const site of board.sites) this.catchUp(board, site);
    this.lastSnapshotMs = Date.now();
    for (const site of board.sites) {
      if (!this.streams.has(site)) this.streams.set(site, this.follow(site, board));
    }
    const known = this.state.board?.sites.join() === board.sites.join() ? this.state.newestChangeMs : null;
    this.set({ board, still: new Map(), newestChangeMs: later(known, newestChangeMs(board)) });
  }

  /** People or shifts changed: a snapshot tells how. */
  refreshRoster(): void {
    this.askForSnapshot(SNAPSHOT_DELAY_MS + Math.random() * ROSTER_SPREAD_MS);
  }

  retry(): void {
    // All of them share one connection.
    [...this.streams.values()][0]?.retry();
  }

  close(): void {
    clearTimeout(this.snapshotTimer);
    this.snapshotTimer = undefined;
    for (const stream of this.streams.values()) stream.close();
    this.streams.clear();
  }

  private leaveOthers(sites: readonly string[]): void {
    for (const [site, stream] of this.streams) {
      if (sites.includes(site)) continue;
      stream.close();
      this.streams.delete(site);
      this.frames.delete(site);
    }
  }

  /** Brings a snapshot up to date with what a site told since it left the server. */
  private catchUp(board: Board, site: string): void {
    const { epoch } = placeOf(board, site);
    const frames = (this.frames.get(site) ?? []).filter(({ cursor }) => cursor?.epoch === epoch);
    this.frames.set(site, frames);
    this.rememberStrangers(board, site, frames);
    for (const frame of frames) if (applyChanges(board, frame).isLate) this.askForSnapshot();
  }

  private follow(site: string, board: Board): Subscription {
    return this.subscribeTo("board", site, placeOf(board, site), {
      onSignal: () => this.set({ connection: "live", lastSignalMs: Date.now() }),
      onFrame: (changes) => this.receive(changes),
      onMissing: () => this.setStill(site, this.state.still.get(site) ?? Date.now()),
      onResync: () => this.restart(site),
      // A snapshot tells why.
      onRefused: () => this.restart(site),
      onBroken: () => {
        this.set({ connection: "broken" });
        this.onBroken();
      },
    });
  }

  private receive(changes: BoardChanges): void {
    const site = changes.cursor?.site ?? "";
    this.frames.set(site, [...(this.frames.get(site) ?? []), changes].slice(-KEPT_FRAMES));
    const { board } = this.state;
    if (board === null) return;
    const { changedRows, isLate, strangers } = applyChanges(board, changes);
    if (isLate || strangers.some((agent) => !this.knownStrangers.has(agent))) this.askForSnapshot();
    const newest = changes.occurredTimesMs.reduce<number | null>((known, time) => later(known, Number(time)), null);
    this.setStill(site, null);
    this.set({ newestChangeMs: later(this.state.newestChangeMs, newest) });
    this.tellRows(changedRows);
  }

  /** Frames of the site are lost to us: the next snapshot opens a new stream. */
  private restart(site: string): void {
    this.streams.get(site)?.close();
    this.streams.delete(site);
    this.frames.delete(site);
    this.set({ connection: "connecting" });
    this.askForSnapshot(0);
  }

  /**
   * Late reports come in flocks, an import in thousands: one snapshot answers all that arrive within a moment. And
   * snapshots keep their distance: one that a server in trouble cannot complete leads to the next.
   */
  private askForSnapshot(delayMs = SNAPSHOT_DELAY_MS): void {
    const wait = Math.max(delayMs, this.lastSnapshotMs + SNAPSHOT_PAUSE_MS - Date.now());
    this.snapshotTimer ??= setTimeout(() => {
      this.snapshotTimer = undefined;
      this.requestSnapshot();
    }, wait);
  }

  /** Whom a newer snapshot does not show either is none of this board's and asks for no other one. */
  private rememberStrangers(board: Board, site: string, frames: readonly BoardChanges[]): void {
    for (const frame of frames) {
      if ((frame.cursor?.seq ?? 0n) > placeOf(board, site).seq) continue;
      for (const agent of frame.agents) if (!board.rowOf.has(agent)) this.knownStrangers.add(agent);
    }
  }

  private tellRows(rows: readonly number[]): void {
    if (rows.length === 0) return;
    for (const listener of this.rowListeners) listener(rows);
  }

  private setStill(site: string, sinceMs: number | null): void {
    if ((this.state.still.get(site) ?? null) === sinceMs) return;
    const still = new Map(this.state.still);
    if (sinceMs === null) still.delete(site);
    else still.set(site, sinceMs);
    this.set({ still });
  }

  private set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function placeOf(board: Board, site: string): Place {
  return board.places.get(site) ?? NO_PLACE;
}

function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
