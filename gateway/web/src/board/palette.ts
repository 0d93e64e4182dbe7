import { State } from "../gen/muster/presence/v1/state_pb";
import { INFERRED_ONLINE, PAINTS, SPARE_BUSY, WORK_AWAY, type Paint, type PaintKey } from "./paints";

export type Theme = "light" | "dark";

/**
 * The colours of one theme. They are chosen so that every pair stays apart for the three common colour-vision
 * deficiencies and each stands out from the ground at 3 to 1 (a test holds both); those that are too light for that on
 * their ground carry an edge that does. Unobserved is hardly more than the ground, since most of an imported day is,
 * and is told by its hatching.
 */
export interface Palette {
  readonly fills: Readonly<Record<Paint, string>>;
  readonly edges: Readonly<Partial<Record<Paint, string>>>;
  readonly hatch: string;
  readonly ground: string;
  /** The lines of patterns over the fills. */
  readonly pattern: string;
  /** The outline of what was planned. */
  readonly plan: string;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    fills: {
      [State.ONLINE]: "#159a80",
      [State.BUSY]: "#c2440f",
      [State.WRAP_UP]: "#d07c00",
      [State.BREAK]: "#f9da4a",
      [WORK_AWAY]: "#9355e0",
      [State.OFFLINE]: "#4d5563",
      [State.UNOBSERVED]: "#f3f5f7",
      [INFERRED_ONLINE]: "#8fcdba",
      [SPARE_BUSY]: "#f4a57c",
    },
    edges: { [State.BREAK]: "#a07c00", [INFERRED_ONLINE]: "#159a80", [SPARE_BUSY]: "#c2440f" },
    hatch: "#e1e5ea",
    ground: "#ffffff",
    pattern: "#ffffff",
    plan: "#7c8798",
  },
  dark: {
    fills: {
      [State.ONLINE]: "#2baa8f",
      [State.BUSY]: "#e3602a",
      [State.WRAP_UP]: "#f7a838",
      [State.BREAK]: "#fbe586",
      [WORK_AWAY]: "#b48cff",
      [State.OFFLINE]: "#6b7280",
      [State.UNOBSERVED]: "#161b22",
      [INFERRED_ONLINE]: "#1b5446",
      [SPARE_BUSY]: "#8a2a08",
    },
    edges: { [INFERRED_ONLINE]: "#2baa8f", [SPARE_BUSY]: "#e3602a" },
    hatch: "#222933",
    ground: "#10141a",
    pattern: "#10141a",
    plan: "#77839a",
  },
};

/** Hands the colours to the style sheets, so that legend and canvas cannot differ. */
export function paletteProperties(palette: Palette): ReadonlyArray<readonly [string, string]> {
  const keys = Object.entries(PAINTS) as [PaintKey, Paint][];
  return [
    ...keys.map(([key, paint]) => [`--state-${key}`, palette.fills[paint]] as const),
    ...keys.map(([key, paint]) => [`--edge-${key}`, palette.edges[paint] ?? palette.fills[paint]] as const),
    ["--state-hatch", palette.hatch],
    ["--pattern", palette.pattern],
    ["--plan", palette.plan],
    ["--ground", palette.ground],
  ];
}
