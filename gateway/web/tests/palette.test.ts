import { describe, expect, it } from "vitest";
import { PAINTS } from "../src/board/paints";
import { PALETTES, type Theme } from "../src/board/palette";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { inkOn } from "../src/board/letters";

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** How linear light looks with each deficiency at its full severity (Machado, Oliveira and Fernandes, 2009). */
const VISIONS: Record<string, Matrix> = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const TO_CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_OKLAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
/** In hundredths of OKLab's lightness; two neighbouring areas that differ by 8 are told apart at a glance. */
const LEAST_DISTANCE = 8;

describe.each(Object.keys(PALETTES) as Theme[])("the %s palette", (theme) => {
  const palette = PALETTES[theme];
  const colours = Object.entries(PAINTS).map(([key, paint]) => [key, palette.fills[paint]] as const);
  const pairs = colours.flatMap(([a, first], index) => colours.slice(index + 1).map(([b, second]) => [a, b, first, second] as const));

  it.each(Object.keys(VISIONS))("keeps every pair of states apart in %s vision", (vision) => {
    const tooClose = pairs.filter(([, , first, second]) => distance(first, second, vision) < LEAST_DISTANCE);

    expect(tooClose.map(([a, b, first, second]) => `${a}-${b}: ${distance(first, second, vision).toFixed(1)}`)).toEqual([]);
  });

  it("lets every state stand out from the ground at 3 to 1, by its colour or by its edge", () => {
    const seenParts = Object.entries(PAINTS).filter(([, paint]) => paint !== State.UNOBSERVED)
      .map(([key, paint]) => [key, palette.edges[paint] ?? palette.fills[paint]] as const);

    const tooFaint = seenParts.filter(([, colour]) => contrast(colour, palette.ground) < 3);

    expect(tooFaint).toEqual([]);
  });

  it("lets plans and letters be read", () => {
    expect(contrast(palette.plan, palette.ground)).toBeGreaterThanOrEqual(3);
    for (const [, colour] of colours) expect(contrast(inkOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
  });

  it("keeps the hatch of unobserved time quiet", () => {
    const unobserved = palette.fills[State.UNOBSERVED];

    expect(distance(unobserved, palette.hatch, "usual")).toBeLessThan(6);
    expect(distance(unobserved, palette.ground, "usual")).toBeLessThan(6);
  });
});

function contrast(first: string, second: string): number {
  const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = lightOf(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function distance(first: string, second: string, vision: string): number {
  const [a, b] = [seen(first, vision), seen(second, vision)];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function seen(colour: string, vision: string): Vector {
  const perceived = times(VISIONS[vision] as Matrix, lightOf(colour)).map((value) => Math.min(Math.max(value, 0), 1)) as unknown as Vector;
  return times(TO_OKLAB, times(TO_CONES, perceived).map(Math.cbrt) as unknown as Vector);
}

function lightOf(colour: string): Vector {
  return [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255)) as unknown as Vector;
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function times(matrix: Matrix, vector: Vector): Vector {
  return matrix.map((row) => row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2]) as unknown as Vector;
}
