import { State } from "../gen/muster/presence/v1/state_pb";
import { headerColumns, type HeaderColumns, type Slot } from "./columns";
import { GROUP_HEIGHT, NAMED_ROW_HEIGHT, TELLING_ROW_HEIGHT, visibleLines, yOfLine } from "./layout";
import { groupOfLine, isGroupLine } from "./lines";
import type { BoardRow } from "./model";
import { INFERRED_ONLINE, paintOf, type AwayReasons } from "./paints";
import type { Brush, GroupHeader, Scene } from "./scene";
import { stateOf, type IntervalCode } from "./states";

/** As long as times in a state usually get. */
const WIDEST_DWELL = "00:00:00";
const WIDEST_SITE = 96;

/** Paints who the lines are and, today, how they stand; rows too low for names show the cursor's and groups alone. */
export function paintHeaders(brush: Brush, scene: Scene): void {
  const { layout, lines } = scene;
  const { context, ink } = brush;
  context.fillStyle = brush.palette.ground;
  context.fillRect(0, layout.linesTop, layout.headerWidth - 1, layout.plotHeight);
  const span = visibleLines(layout, scene.scrollTop);
  const isNamed = layout.rowHeight >= NAMED_ROW_HEIGHT;
  const style = { size: sizeOf(scene), columns: columnsOf(brush, scene) };
  context.save();
  context.beginPath();
  context.rect(0, layout.linesTop, layout.width, layout.plotHeight);
  context.clip();
  for (let position = span.first; position < span.last; position++) {
    if (isGroupLine(lines[position])) paintGroup(brush, scene, position);
    else if (isNamed) paintRow(brush, scene, position, style);
  }
  if (!isNamed && scene.cursorPosition >= 0 && !isGroupLine(lines[scene.cursorPosition])) {
    paintFloating(brush, scene, scene.cursorPosition);
  }
  context.restore();
  context.fillStyle = ink.grid;
  context.fillRect(layout.headerWidth - 1, 0, 1, layout.height);
}

function sizeOf({ layout }: Scene): number {
  return layout.rowHeight < 16 ? Math.min(layout.rowHeight - 1.5, 11.5) : 12.5;
}

/** The cursor's name over rows that are too low for it, on a ground of its own so that it stays readable. */
function paintFloating(brush: Brush, scene: Scene, position: number): void {
  const { context, ink } = brush;
  const middle = middleOf(scene, position, scene.layout.rowHeight);
  context.fillStyle = ink.accentSoft;
  context.fillRect(0, middle - 9, scene.layout.headerWidth - 1, 18);
  const wishes = { isLive: scene.isToday, site: 0, word: 0, dwell: 0 };
  const columns = headerColumns(scene.layout.headerWidth, scene.layout.rowHeight, wishes);
  paintRow(brush, scene, position, { size: 12, columns });
}

function middleOf({ layout, scrollTop }: Scene, position: number, height: number): number {
  return yOfLine(layout, scrollTop, position) + height / 2;
}

function paintGroup({ context, ink }: Brush, scene: Scene, position: number): void {
  const { layout } = scene;
  const group = scene.groups[groupOfLine(scene.lines[position] as number)] as GroupHeader;
  const middle = middleOf(scene, position, GROUP_HEIGHT);
  context.fillStyle = ink.surface;
  context.fillRect(0, middle - GROUP_HEIGHT / 2, layout.headerWidth - 1, GROUP_HEIGHT);
  context.fillStyle = ink.grid;
  context.fillRect(0, middle - GROUP_HEIGHT / 2, layout.width, 1);
  paintTurner(context, ink.muted, middle, group.isFolded);
  context.textBaseline = "middle";
  context.textAlign = "right";
  context.font = `450 11.5px ${ink.font}`;
  context.fillStyle = ink.muted;
  const count = String(group.count);
  context.fillText(count, layout.headerWidth - 10, middle + 0.5);
  const countWidth = context.measureText(count).width + 10;
  context.textAlign = "left";
  context.font = `${position === scene.cursorPosition ? 680 : 600} 12px ${ink.font}`;
  context.fillStyle = ink.text;
  context.fillText(clip(context, group.name, layout.headerWidth - 24 - countWidth - 8), 24, middle + 0.5);
}

/** The sign that tells whether a group is folded. */
function paintTurner(context: CanvasRenderingContext2D, colour: string, middle: number, isFolded: boolean): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  if (isFolded) {
    context.moveTo(10, middle - 3.5);
    context.lineTo(13.5, middle);
    context.lineTo(10, middle + 3.5);
  } else {
    context.moveTo(8.5, middle - 1.5);
    context.lineTo(12, middle + 2);
    context.lineTo(15.5, middle - 1.5);
  }
  context.stroke();
}

interface RowStyle {
  readonly size: number;
  readonly columns: HeaderColumns;
}

/** The same columns for all rows, so that the eye finds states below one another. */
function columnsOf(brush: Brush, { layout, told, isToday }: Scene): HeaderColumns {
  const isTelling = layout.rowHeight >= TELLING_ROW_HEIGHT;
  const widest = (texts: readonly string[]) => widestOf(brush, texts);
  return headerColumns(layout.headerWidth, layout.rowHeight, {
    isLive: isToday,
    site: isTelling ? Math.min(widest(told.sites), WIDEST_SITE) : 0,
    word: isTelling && isToday ? widest(told.words) : 0,
    dwell: isTelling && isToday ? widest([WIDEST_DWELL]) : 0,
  });
}

function widestOf({ context, ink }: Brush, texts: readonly string[]): number {
  context.font = `450 11.5px ${ink.font}`;
  return Math.ceil(Math.max(0, ...texts.map((text) => context.measureText(text).width)));
}

function paintRow(brush: Brush, scene: Scene, position: number, { size, columns }: RowStyle): void {
  const { context, ink } = brush;
  const { layout, told } = scene;
  const rowIndex = scene.lines[position] as number;
  const row = scene.board.rows[rowIndex] as BoardRow;
  const middle = middleOf(scene, position, layout.rowHeight);
  if (scene.picked.has(rowIndex)) {
    context.fillStyle = ink.accentSoft;
    context.fillRect(0, middle - layout.rowHeight / 2, layout.headerWidth - 1, layout.rowHeight);
  }
  const code = row.codes.at(-1);
  const isLive = scene.isToday && code !== undefined;
  const isStacked = columns.isStacked && isLive;
  context.textBaseline = "middle";
  context.textAlign = "left";
  if (isLive && columns.dot !== null) {
    const isLong = told.isOnLongBreak(row);
    const dot = { x: columns.dot, y: middle - 0.5, radius: Math.min(size / 2 - 1.5, 4.5) };
    paintDot(brush, dot, code, scene.away, scene.freshness(rowIndex));
    if (isLong) paintRing(brush, dot);
    paintStanding(brush, scene, row, { columns, middle, isLong });
  }
  context.font = `${position === scene.cursorPosition ? 620 : 450} ${isStacked ? 12 : size}px ${ink.font}`;
  write(brush, row.name, ink.text, columns.name, isStacked ? middle - 6 : middle + 0.5);
  if (columns.site === null) return;
  context.font = `450 11.5px ${ink.font}`;
  write(brush, told.site(row), ink.muted, columns.site, middle + 0.5);
}

interface StandingPlace {
  readonly columns: HeaderColumns;
  readonly middle: number;
  readonly isLong: boolean;
}

/** How somebody stands, in a word, and for how long; in two lines what does not fit is the time. */
function paintStanding(brush: Brush, scene: Scene, row: BoardRow, { columns, middle, isLong }: StandingPlace): void {
  const { context, ink } = brush;
  const { word, dwell, isStacked } = columns;
  if (word === null) return;
  const y = isStacked ? middle + 7 : middle + 0.5;
  context.font = `${isLong ? 620 : 450} ${isStacked ? 11 : 11.5}px ${ink.font}`;
  const text = scene.told.word(row);
  write(brush, text, isStacked && !isLong ? ink.muted : ink.text, word, y);
  if (dwell === null) return;
  const time = scene.dwell(row);
  const width = context.measureText(time).width;
  const left = isStacked ? word.left + context.measureText(text).width + 6 : dwell.right - width;
  if (left + width <= dwell.right + 0.5) write(brush, time, isLong ? ink.text : ink.muted, { left, right: dwell.right + 1 }, y);
}

function write({ context }: Brush, text: string, colour: string, { left, right }: Slot, y: number): void {
  context.fillStyle = colour;
  context.fillText(clip(context, text, right - left), left, y);
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** The live state; a change swells softly once. */
function paintDot(
  { context, palette, ink }: Brush, dot: Dot, code: IntervalCode, away: AwayReasons, freshness: number,
): void {
  const paint = paintOf(code, away);
  context.fillStyle = palette.fills[paint];
  if (freshness > 0) {
    context.globalAlpha = freshness * 0.35;
    circle(context, { ...dot, radius: dot.radius + 1 + freshness * 4 });
    context.globalAlpha = 1;
  }
  circle(context, dot);
  const edge = stateOf(code) === State.UNOBSERVED ? ink.muted : palette.edges[paint];
  if (edge === undefined || paint === INFERRED_ONLINE) return;
  context.strokeStyle = edge;
  context.lineWidth = 1;
  context.stroke();
}

/** The sign of a break that lasts too long: a ring, since its colour is that of any break. */
function paintRing({ context, ink }: Brush, { x, y, radius }: Dot): void {
  context.strokeStyle = ink.text;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, y, radius + 2.25, 0, Math.PI * 2);
  context.stroke();
}

function circle(context: CanvasRenderingContext2D, { x, y, radius }: Dot): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}

function clip(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  return `${text.slice(0, length)}…`;
}
