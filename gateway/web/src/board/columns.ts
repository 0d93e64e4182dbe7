/** How wide the parts of a row's header would like to be, in CSS pixels; zero for what is not told. */
export interface HeaderWishes {
  /** Whether the state of now is shown at all. */
  readonly isLive: boolean;
  readonly site: number;
  /** The widest of the words that may stand there, so that those of all rows begin at one line. */
  readonly word: number;
  readonly dwell: number;
}

/** Where the parts of a row's header stand; null for what is left out. */
export interface HeaderColumns {
  readonly name: Slot;
  readonly site: Slot | null;
  /** The middle of the dot; null without one. */
  readonly dot: number | null;
  readonly word: Slot | null;
  readonly dwell: Slot | null;
  /** State and time stand under the name. */
  readonly isStacked: boolean;
}

export interface Slot {
  readonly left: number;
  readonly right: number;
}

/** From this height on a row has room for two lines. */
export const STACKED_ROW_HEIGHT = 26;
const PAD = 12;
const GAP = 10;
const DOT_RADIUS = 5;
/** From the middle of the dot to the word. */
const DOT_GAP = 10;
/** A name of which less is left is no name. */
const LEAST_NAME = 84;
const DOT_LEFT = 11;
const BESIDE_DOT = 21;

/**
 * Shares a row's header out. What does not fit is left out in this order: the site, then, of rows that are too low for two
 * lines, the time, the word; name and dot stay. Rows with room for two lines have word and time under the name instead.
 */
export function headerColumns(width: number, rowHeight: number, wishes: HeaderWishes): HeaderColumns {
  const { site, word, dwell } = wishes;
  if (word === 0) return plain(width, wishes);
  const inner = width - PAD - LEAST_NAME - GAP;
  const state = GAP + DOT_RADIUS + DOT_GAP + word;
  const time = dwell === 0 ? 0 : GAP + dwell;
  if (site > 0 && GAP + site + state + time <= inner) return inLine(width, wishes);
  if (state + time <= inner) return inLine(width, { ...wishes, site: 0 });
  if (rowHeight >= STACKED_ROW_HEIGHT) return stacked(width, wishes);
  if (state <= inner) return inLine(width, { site: 0, word, dwell: 0 });
  return plain(width, { ...wishes, site: 0 });
}

function plain(width: number, { site, isLive }: HeaderWishes): HeaderColumns {
  const left = isLive ? BESIDE_DOT : PAD;
  const right = width - GAP;
  const hasSite = site > 0 && left + LEAST_NAME + GAP + site <= right;
  return {
    name: { left, right: hasSite ? right - site - GAP : right },
    site: hasSite ? { left: right - site, right } : null,
    dot: isLive ? DOT_LEFT : null, word: null, dwell: null, isStacked: false,
  };
}

function inLine(width: number, { site, word, dwell }: Omit<HeaderWishes, "isLive">): HeaderColumns {
  const right = width - GAP;
  const wordRight = dwell === 0 ? right : right - dwell - GAP;
  const dot = wordRight - word - DOT_GAP;
  const beforeDot = dot - DOT_RADIUS - GAP;
  return {
    name: { left: PAD, right: site === 0 ? beforeDot : beforeDot - site - GAP },
    site: site === 0 ? null : { left: beforeDot - site, right: beforeDot },
    dot,
    word: { left: wordRight - word, right: wordRight },
    dwell: dwell === 0 ? null : { left: right - dwell, right },
    isStacked: false,
  };
}

function stacked(width: number, { dwell }: HeaderWishes): HeaderColumns {
  const line = { left: BESIDE_DOT, right: width - 6 };
  return { name: line, site: null, dot: DOT_LEFT, word: line, dwell: dwell === 0 ? null : line, isStacked: true };
}
