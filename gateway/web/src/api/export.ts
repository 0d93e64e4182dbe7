import { spanQuery, type Span } from "./heatmap";
import { getFile, type DownloadedFile } from "./http";

export type ExportFormat = "CSV" | "PNG";

/** Which people and which order the file shows, as the board does. */
export interface ExportSelection {
  readonly teams: readonly string[];
  readonly lines: readonly string[];
  readonly skills: readonly string[];
  readonly stateNames: readonly string[];
}

/** Exports what the board shows as a file. */
export function exportHeatmap(
  site: string, format: ExportFormat, span: Span, selection: ExportSelection, language: string,
): Promise<DownloadedFile> {
  const query = new URLSearchParams({ format: `FORMAT_${format}`, languageCode: language });
  for (const [name, value] of Object.entries(spanQuery(span, "selection."))) query.append(name, String(value));
  const add = (field: string, values: readonly string[]) => values.forEach((value) => query.append(`selection.${field}`, value));
  add("teams", selection.teams);
  add("lines", selection.lines);
  add("skills", selection.skills);
  add("states", selection.stateNames);
  return getFile(`/v1/${site}/heatmap:export?${query}`);
}
