import type { Problem, Violation } from "../../../api/problem";

export type FieldPath = (string | number)[];

export interface FieldFault {
  readonly name: FieldPath;
  readonly errors: string[];
}

/** What a refusal says of fields of the form, and what of none of them. */
export interface Faults {
  readonly fields: readonly FieldFault[];
  readonly others: readonly Violation[];
}

/** Whether somebody else changed what was to be changed. */
export function isChangedMeanwhile(problem: Problem): boolean {
  return problem.status === 409 && (problem.reason === "STALE_ETAG" || problem.reason.endsWith("_CHANGED"));
}

/** Puts each violation at the field of the form that holds it, by the longest path that the form knows. */
export function placeViolations(violations: readonly Violation[], known: readonly FieldPath[]): Faults {
  const fields = new Map<string, FieldFault>();
  const others: Violation[] = [];
  const names = new Map(known.map((path) => [path.join("."), path]));
  for (const violation of violations) {
    const name = fieldOf(pathOf(violation.field), names);
    if (name === undefined) others.push(violation);
    else {
      const key = name.join(".");
      fields.set(key, { name, errors: [...(fields.get(key)?.errors ?? []), violation.description] });
    }
  }
  return { fields: [...fields.values()], others };
}

/** Reads `accounts[0].display_name` as the form writes it: `accounts`, 0, `displayName`. */
export function pathOf(field: string): FieldPath {
  const parts = field.split(/[.[\]]+/).filter((part) => part !== "");
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())));
}

function fieldOf(path: FieldPath, known: ReadonlyMap<string, FieldPath>): FieldPath | undefined {
  // What comes before is the request around the form; what comes after is a part of the field.
  for (let start = 0; start < path.length; start += 1) {
    for (let end = path.length; end > start; end -= 1) {
      const name = known.get(path.slice(start, end).join("."));
      if (name !== undefined) return name;
    }
  }
  return undefined;
}
