/**
 * How large text is on a wall. From 8 m a capital of 40 mm is seen under 17 minutes of arc, more than three times what
 * normal sight needs (5). A 55-inch screen of 16:9 is 1218 mm wide, so that at 1920 pixels
 *
 *   40 mm / 1218 mm * 1920 px = 63 px
 *
 * is the least height of a capital. Inter's capitals are 0.727 of the size of the type:
 *
 *   63 px / 0.727 = 87 px, which is 4.52 % of the width
 *
 * and, at 16:9, 8.03 % of the height. Nothing on the wall is smaller; by the percentage it holds at every resolution.
 */
const SCREEN_MM = { width: 1218, height: 685 } as const;
const CAPITAL_MM = 40;
const CAPITAL_PER_SIZE = 0.727;

/** The least type size in percent of the screen's width (vw), and of its height (vh) for screens that are wider than 16:9. */
export const LEAST_VW = percent(SCREEN_MM.width);
export const LEAST_VH = percent(SCREEN_MM.height);

/** The least size of type as CSS writes it; everything else is a multiple of it. */
export const LEAST_SIZE = `min(${LEAST_VW}vw, ${LEAST_VH}vh)`;

/** The height of a capital in pixels, on a screen so many pixels wide. */
export function leastCapitalPx(widthPx: number): number {
  return (CAPITAL_MM / SCREEN_MM.width) * widthPx;
}

function percent(ofMm: number): number {
  // Rounded up, so that what is rounded is not what makes it too small.
  return Math.ceil((CAPITAL_MM / CAPITAL_PER_SIZE / ofMm) * 10_000) / 100;
}
