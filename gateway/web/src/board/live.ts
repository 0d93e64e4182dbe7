import { subscribe, type Subscribe, type Subscription } from "../api/push";
import type { BoardChanges } from "../gen/muster/gateway/v1/push_pb";
import { applyChanges } from "./changes";
import { newestChangeMs } from "./instant";
import type { Board } from "./model";

export type Connection = "connecting" | "live" | "broken";

export interface LiveState {
  readonly board: Board | null;
  readonly connection: Connection;
  /** Since when nobody tells what changes though the connection lives, by this computer's clock; null while it is told. */
  readonly stillSinceMs: number | null;
  /** When the connection last said anything, by this computer's clock. */
  readonly lastSignalMs: number;
  /** When the newest change that we know occurred, by the server's clock; null if there is none. */
  readonly newestChangeMs: number | null;
}

const KEPT_FRAMES = 400;
const SNAPSHOT_DELAY_MS = 600;
const SNAPSHOT_PAUSE_MS = 2_000;
/** A roster that changed concerns every open board: they do not all ask in the same moment. */
const ROSTER_SPREAD_MS = 3_000;

/**
 * Keeps a site's board up to date: snapshots come from outside through `show`, changes from the push stream. Recent
 * frames are kept, so that a snapshot that left the server before them is brought up to date when it arrives.
 */
export class LiveBoard {
  private state: LiveState = {
    board: null, connection: "connecting", stillSinceMs: null, lastSignalMs: 0, newestChangeMs: null,
  };
  private readonly listeners = new Set<() => void>();
  private readonly rowListeners = new Set<(rows: readonly number[]) => void>();
  private frames: BoardChanges[] = [];
  private stream: Subscription | null = null;
  private snapshotTimer: ReturnType<typeof setTimeout> | undefined;
  private lastSnapshotMs = 0;
  private readonly knownStrangers = new Set<string>();

  constructor(
    private readonly site: string,
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

  /** Shows a snapshot and follows the site from it on. */
  show(board: Board): void {
    this.frames = this.frames.filter((frame) => frame.cursor?.epoch === board.place.epoch);
    this.rememberStrangers(board);
    for (const frame of this.frames) if (applyChanges(board, frame).isLate) this.askForSnapshot();
    this.lastSnapshotMs = Date.now();
    this.stream ??= this.follow(board);
    this.set({ board, stillSinceMs: null, newestChangeMs: later(this.state.newestChangeMs, newestChangeMs(board)) });
  }

  /** People or shifts changed: a snapshot tells how. */
  refreshRoster(): void {
    this.askForSnapshot(SNAPSHOT_DELAY_MS + Math.random() * ROSTER_SPREAD_MS);
  }

  retry(): void {
    this.stream?.retry();
  }

  close(): void {
    clearTimeout(this.snapshotTimer);
    this.snapshotTimer = undefined;
    this.stream?.close();
    this.stream = null;
  }

  private follow(board: Board): Subscription {
    return this.subscribeTo("board", this.site, board.place, {
      onSignal: () => this.set({ connection: "live", lastSignalMs: Date.now() }),
      onFrame: (changes) => this.receive(changes),
      onMissing: () => this.set({ stillSinceMs: this.state.stillSinceMs ?? Date.now() }),
      onResync: () => this.restart(),
      // A snapshot tells why.
      onRefused: () => this.restart(),
      onBroken: () => {
        this.set({ connection: "broken" });
        this.onBroken();
      },
    });
  }

  private receive(changes: BoardChanges): void {
    this.frames = [...this.frames, changes].slice(-KEPT_FRAMES);
    const { board } = this.state;
    if (board === null) return;
    const { changedRows, isLate, strangers } = applyChanges(board, changes);
    if (isLate || strangers.some((agent) => !this.knownStrangers.has(agent))) this.askForSnapshot();
    const newest = changes.occurredTimesMs.reduce<number | null>((known, time) => later(known, Number(time)), null);
    this.set({ stillSinceMs: null, newestChangeMs: later(this.state.newestChangeMs, newest) });
    this.tellRows(changedRows);
  }

  /** Frames are lost to us: the next snapshot opens a new stream. */
  private restart(): void {
    this.stream?.close();
    this.stream = null;
    this.frames = [];
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
  private rememberStrangers(board: Board): void {
    for (const frame of this.frames) {
      if ((frame.cursor?.seq ?? 0n) > board.place.seq) continue;
      for (const agent of frame.agents) if (!board.rowOf.has(agent)) this.knownStrangers.add(agent);
    }
  }

  private tellRows(rows: readonly number[]): void {
    if (rows.length === 0) return;
    for (const listener of this.rowListeners) listener(rows);
  }

  private set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
