import { State } from "../gen/muster/presence/v1/state_pb";
import type { Palette } from "./palette";
import { INFERRED_ONLINE, PAINT_COUNT, PAINTS, SPARE_BUSY, WORK_AWAY, type Paint } from "./paints";

/** Added to a paint: the pixel lies at an end of its block, where a light colour needs its edge. */
export const AT_END = 16;

const CODES = 32;
const PERIOD = 8;

/** Tells of a pixel of the period whether a line of the pattern covers it. */
type Pattern = (x: number, y: number) => boolean;

const HATCHED: Pattern = (x, y) => (x + y) % PERIOD === 0;

/** Patterns that differ in direction, so that they are told apart without any colour. Online is plain. */
const PATTERNS: Readonly<Partial<Record<Paint, Pattern>>> = {
  [State.BUSY]: (x, y) => (x + PERIOD - y) % 4 === 0,
  [SPARE_BUSY]: (x, y) => (x + PERIOD - y) % PERIOD === 0,
  [State.WRAP_UP]: (x) => x % 4 === 0,
  [State.BREAK]: (x, y) => (x % 4 === 0 && y % 4 === 0) || (x % 4 === 2 && y % 4 === 2),
  [WORK_AWAY]: (_, y) => y % 3 === 0,
  [INFERRED_ONLINE]: (x, y) => x % 4 === 0 && y % 4 === 0,
};

/** Canvas pixels of every paint over one period, for one line of a row: the pixel of paint p at x is [p * period + x]. */
export type Lines = readonly Uint32Array[];

/** What a row's lines look like: inside it, along its middle and along its upper and lower edge. */
export interface Textures {
  readonly period: number;
  readonly lane: Lines;
  /** Beside the lane offline leaves the ground: signed out is a thin line, so that what was worked stands out. */
  readonly beside: Lines;
  readonly edge: Lines;
  /** Whether a paint, with or without AT_END, has one colour along a line: it is filled at once, and not pixel by pixel. */
  readonly isPlain: Uint8Array;
  /** Whether lines differ at all where nothing is unobserved. */
  readonly hasPatterns: boolean;
}

export function texturesOf(palette: Palette, hasPatterns: boolean, ratio: number): Textures {
  const scale = Math.max(Math.round(ratio), 1);
  const period = PERIOD * scale;
  const lines = (pixelOf: (paint: Paint, x: number, y: number) => number): Lines =>
    Array.from({ length: period }, (_, y) => lineOf(palette, period, (paint, x) =>
      pixelOf(paint, Math.floor(x / scale), Math.floor(y / scale))));
  const patterned = (paint: Paint, x: number, y: number) => pixel(patternedColour(palette, hasPatterns, paint, x, y));
  const ground = pixel(palette.ground);
  return {
    period,
    hasPatterns,
    isPlain: plainCodes(hasPatterns),
    lane: lines(patterned),
    beside: lines((paint, x, y) => (paint === State.OFFLINE ? ground : patterned(paint, x, y))),
    edge: lines((paint, x, y) => {
      const edge = palette.edges[paint];
      if (edge !== undefined) return pixel(edge);
      return paint === State.OFFLINE ? ground : patterned(paint, x, y);
    }),
  };
}

function plainCodes(hasPatterns: boolean): Uint8Array {
  const isPlain = new Uint8Array(CODES).fill(1);
  isPlain[State.UNOBSERVED] = 0;
  if (hasPatterns) for (const paint of Object.keys(PATTERNS)) isPlain[Number(paint)] = 0;
  return isPlain;
}

function lineOf(palette: Palette, period: number, pixelOf: (paint: Paint, x: number) => number): Uint32Array {
  const line = new Uint32Array(CODES * period).fill(pixel(palette.ground));
  for (const paint of Object.values(PAINTS)) {
    const end = pixel(palette.edges[paint] ?? palette.fills[paint]);
    for (let x = 0; x < period; x++) {
      line[paint * period + x] = pixelOf(paint, x);
      line[(paint + AT_END) * period + x] = end;
    }
  }
  return line;
}

function patternedColour(palette: Palette, hasPatterns: boolean, paint: Paint, x: number, y: number): string {
  if (paint === State.UNOBSERVED) return HATCHED(x, y) ? palette.hatch : palette.fills[paint];
  const isLine = hasPatterns && (PATTERNS[paint]?.(x, y) ?? false);
  return isLine ? mixed(palette.fills[paint], palette.pattern) : palette.fills[paint];
}

/** A colour half over another: a pattern is seen, and its colour is still the state's. */
function mixed(under: string, over: string): string {
  const channel = (at: number) => {
    const [a, b] = [under, over].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number];
    return Math.round(a * 0.45 + b * 0.55).toString(16).padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** The paints that carry an edge, as a set for the painter's inner loop. */
export function edgedPaints(palette: Palette): Uint8Array {
  const edged = new Uint8Array(PAINT_COUNT);
  for (const paint of Object.keys(palette.edges)) edged[Number(paint)] = 1;
  return edged;
}

/** ImageData holds bytes as red, green, blue, alpha; every machine a browser runs on is little-endian. */
export function pixel(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
