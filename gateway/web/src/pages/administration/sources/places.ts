import type { Violation } from "../../../api/problem";

/** What is wrong with a mapping, at the line that says it; no line where none does. */
export interface Fault {
  readonly line: number | null;
  readonly setting: string;
  readonly said: string;
}

interface Setting {
  readonly line: number;
  readonly path: readonly string[];
}

const AT_LINE = /at line (\d+)/;
const PART = /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+))\s*(\.)?/y;

/** Puts each violation of a mapping's text at its line, from the first line to the last; others first. */
export function placeFaults(text: string, violations: readonly Violation[]): Fault[] {
  const settings = settingsOf(text);
  const faults = violations.map(({ field, description }) => {
    const setting = field.replace(/^text\.?/, "");
    return { line: lineOf(settings, setting, description), setting, said: description };
  });
  return faults.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

function lineOf(settings: readonly Setting[], setting: string, said: string): number | null {
  const told = AT_LINE.exec(said);
  if (told !== null) return Number(told[1]);
  let best: Setting | null = null;
  let most = 0;
  for (const one of settings) {
    const shared = sharedLength(one.path.join("."), setting);
    // Of lines that say as much of the setting, the first: the table's own, not that of what lies beside.
    if (shared > most) [best, most] = [one, shared];
  }
  return best?.line ?? null;
}

/** How many characters of a setting a path says, part by part. */
function sharedLength(path: string, setting: string): number {
  if (`${setting}.`.startsWith(`${path}.`)) return path.length + 1;
  const [first] = setting.split(".");
  return first !== undefined && path === first ? first.length : 0;
}

/** Every table and key of a TOML text with its line, as the server counts them: the second [[states]] is `states.1`. */
export function settingsOf(text: string): Setting[] {
  const counts = new Map<string, number>();
  const settings: Setting[] = [];
  let table: readonly string[] = [];
  text.split("\n").forEach((row, index) => {
    const line = index + 1;
    const header = /^\s*(\[\[?)(.*?)\]\]?\s*(?:#.*)?$/.exec(row);
    if (header !== null) {
      table = tableOf(partsOf(header[2] ?? ""), header[1] === "[[", counts);
      settings.push({ line, path: table });
    } else if (/^[^#]*=/.test(row)) settings.push({ line, path: [...table, ...partsOf(row)] });
  });
  return settings;
}

function tableOf(parts: readonly string[], isElement: boolean, counts: Map<string, number>): string[] {
  const path: string[] = [];
  parts.forEach((part, index) => {
    path.push(part);
    const key = path.join(".");
    if (isElement && index === parts.length - 1) counts.set(key, (counts.get(key) ?? -1) + 1);
    const count = counts.get(key);
    if (count !== undefined) path.push(String(count));
  });
  return path;
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  PART.lastIndex = 0;
  for (let match = PART.exec(text); match !== null; match = PART.exec(text)) {
    parts.push(match[1] ?? match[2] ?? match[3] ?? "");
    if (match[4] === undefined) break;
  }
  return parts;
}
