import { Mark, State } from "../gen/muster/presence/v1/state_pb";
import { encodeInterval, paintOf, stateKey, STATES } from "./states";

export type Theme = "light" | "dark";

/**
 * The colours of one theme. The states' are chosen so that every pair stays apart for the three common colour-vision
 * deficiencies (a test holds it); unobserved is hardly more than the ground, since most of an imported day is.
 */
export interface Palette {
  readonly states: Readonly<Record<(typeof STATES)[number], string>>;
  /** Online that a mapping inferred: no line of the source says it. */
  readonly inferredOnline: string;
  readonly hatch: string;
  readonly ground: string;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    states: {
      [State.ONLINE]: "#159a80",
      [State.BUSY]: "#c2440f",
      [State.WRAP_UP]: "#ec9a1c",
      [State.BREAK]: "#f9da4a",
      [State.OFFLINE]: "#5f6775",
      [State.UNOBSERVED]: "#f3f5f7",
    },
    inferredOnline: "#8fcdba",
    hatch: "#e6e9ed",
    ground: "#ffffff",
  },
  dark: {
    states: {
      [State.ONLINE]: "#2baa8f",
      [State.BUSY]: "#e3602a",
      [State.WRAP_UP]: "#f7a838",
      [State.BREAK]: "#fbe586",
      [State.OFFLINE]: "#474e5a",
      [State.UNOBSERVED]: "#161b22",
    },
    inferredOnline: "#2f7463",
    hatch: "#1f252e",
    ground: "#10141a",
  },
};

/**
 * Colours by paint, as canvas pixels, on and between the hatch lines. Beside the lane, which is the middle of a row,
 * offline leaves the ground: signed out is a thin line, so that what was worked stands out, in any colour vision.
 */
export interface PixelTable {
  readonly plain: Uint32Array;
  readonly hatched: Uint32Array;
  readonly plainBesideLane: Uint32Array;
  readonly hatchedBesideLane: Uint32Array;
}

export function pixelTable(palette: Palette): PixelTable {
  const plain = new Uint32Array(16).fill(pixel(palette.ground));
  for (const state of STATES) {
    plain[state] = pixel(palette.states[state]);
    plain[state | 8] = pixel(palette.states[state]);
  }
  plain[paintOf(encodeInterval(State.ONLINE, Mark.INFERRED, 0, 0))] = pixel(palette.inferredOnline);
  const hatched = plain.slice();
  hatched[State.UNOBSERVED] = pixel(palette.hatch);
  hatched[State.UNOBSERVED | 8] = pixel(palette.hatch);
  return { plain, hatched, plainBesideLane: besideLane(plain), hatchedBesideLane: besideLane(hatched) };
}

function besideLane(table: Uint32Array): Uint32Array {
  const beside = table.slice();
  beside[State.OFFLINE] = table[0] as number;
  beside[State.OFFLINE | 8] = table[0] as number;
  return beside;
}

/** Hands the states' colours to the style sheets, so that legend and canvas cannot differ. */
export function paletteProperties(palette: Palette): ReadonlyArray<readonly [string, string]> {
  return [
    ...STATES.map((state) => [`--state-${stateKey(state)}`, palette.states[state]] as const),
    ["--state-inferred", palette.inferredOnline],
    ["--state-hatch", palette.hatch],
    ["--ground", palette.ground],
  ];
}

/** ImageData holds bytes as red, green, blue, alpha; every machine a browser runs on is little-endian. */
function pixel(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
