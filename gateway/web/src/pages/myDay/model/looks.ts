/** What was looked at, by the method that was called. */
const LOOKED_AT = {
  GetAgentDay: "day",
  GetAgentTimeline: "day",
  ListStateLog: "log",
  ListAgentContacts: "contacts",
  GetReceipt: "receipt",
  ExportHeatmap: "export",
  OpenRecording: "recording",
} as const;

export type LookedAt = (typeof LOOKED_AT)[keyof typeof LOOKED_AT] | "change" | "other";

export function lookedAt(method: string, isChange: boolean): LookedAt {
  const name = method.split(/[./]/).at(-1) ?? "";
  return LOOKED_AT[name as keyof typeof LOOKED_AT] ?? (isChange ? "change" : "other");
}

const PURPOSES = ["coaching", "dispute", "incident", "quality", "payroll", "other"] as const;

/** A purpose as it was stated, `coaching: weekly talk`; the code is null if none was. */
export function purposeOf(stated: string): { code: (typeof PURPOSES)[number] | null; note: string } {
  if (stated === "") return { code: null, note: "" };
  const [head = "", ...rest] = stated.split(":");
  const code = PURPOSES.find((known) => known === head.trim());
  return code === undefined ? { code: "other", note: stated } : { code, note: rest.join(":").trim() };
}
