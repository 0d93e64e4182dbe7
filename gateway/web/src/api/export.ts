import { siteOf, sitesQuery, spanQuery, type Span } from "./heatmap";
import { getFile, searchOf, type DownloadedFile, type Query } from "./http";

export type ExportFormat = "CSV" | "PNG";

/** Which people and which order the file shows, as the board does. */
export interface ExportSelection {
  readonly teams: readonly string[];
  readonly lines: readonly string[];
  readonly skills: readonly string[];
  readonly stateNames: readonly string[];
  readonly hasLongBreaks: boolean;
}

/** Exports what the board shows as a file. */
export function exportHeatmap(
  sites: readonly string[], format: ExportFormat, span: Span, selection: ExportSelection, language: string,
): Promise<DownloadedFile> {
  const query: Query = {
    format: `FORMAT_${format}`,
    languageCode: language,
    ...spanQuery(span, "selection."),
    ...sitesQuery(sites, "selection."),
    "selection.teams": selection.teams,
    "selection.lines": selection.lines,
    "selection.skills": selection.skills,
    "selection.states": selection.stateNames,
    ...(selection.hasLongBreaks ? { "selection.longBreaks": "true" } : {}),
  };
  return getFile(`/v1/${siteOf(sites)}/heatmap:export?${searchOf(query)}`);
}
