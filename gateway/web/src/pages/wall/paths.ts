import type { Strips } from "./facts";

/** The blocks that have passed, the running one among them. */
export function passedBlocks(strips: Strips, blockCount: number): number {
  const share = (strips.passedMs - strips.startMs) / (strips.endMs - strips.startMs);
  return Math.min(blockCount, Math.max(0, Math.ceil(share * blockCount)));
}

/** The outline of an area between two rows of steps, as an SVG path: a block is one wide, the most people are `height` high. */
export function areaPath(lower: readonly number[], upper: readonly number[], most: number, height: number): string {
  if (upper.length === 0) return "";
  const there = upper.flatMap((value, block) => points(block, value, most, height));
  const back = lower.flatMap((value, block) => points(block, value, most, height)).reverse();
  return `M${[...there, ...back].join("L")}Z`;
}

/** A line of steps. */
export function linePath(values: readonly number[], most: number, height: number): string {
  if (values.length === 0) return "";
  return `M${values.flatMap((value, block) => points(block, value, most, height)).join("L")}`;
}

function points(block: number, value: number, most: number, height: number): string[] {
  const y = Math.round((1 - value / most) * height * 100) / 100;
  return [`${block} ${y}`, `${block + 1} ${y}`];
}
