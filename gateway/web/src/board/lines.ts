/**
 * What stands in one line of the board: a person's row, as its index from 0, or the header of a group, as -1 less the
 * group's index. Ten thousand of them are small integers, not objects.
 */
export type Line = number;

export function lineOfGroup(group: number): Line {
  return -1 - group;
}

export function isGroupLine(line: Line | undefined): boolean {
  return line !== undefined && line < 0;
}

/** The group's index, of a line that is a header. */
export function groupOfLine(line: Line): number {
  return -1 - line;
}
