/** Names a field that is not as it must be, as `accounts[0].display_name`, with what is wrong. */
export interface Violation {
  readonly field: string;
  readonly description: string;
}

/** Says why a call was not answered, with what somebody needs to ask for help. */
export class Problem extends Error {
  constructor(
    /** The HTTP status; 0 if nothing answered at all. */
    readonly status: number,
    /** The stable reason, for example `UNKNOWN_SITE`; `UNREACHABLE` if nothing answered. */
    readonly reason: string,
    message: string,
    /** The id that finds the call in the logs; empty if there is none. */
    readonly trace: string,
    /** How long to wait before the next attempt, where the server says so. */
    readonly retryAfterSeconds: number | null,
    /** What the reason says besides, for example which purposes are known. */
    readonly metadata: Readonly<Record<string, string>> = {},
    /** The fields that are not as they must be. */
    readonly violations: readonly Violation[] = [],
  ) {
    super(message);
    this.name = "Problem";
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }

  /** What to quote: the reason and, where there is one, the trace. */
  get code(): string {
    return [this.reason, this.trace].filter((part) => part !== "").join(" · ");
  }

  /** The purposes of which one must be stated; null if that is not why. */
  get wantedPurposes(): readonly string[] | null {
    if (this.reason !== "PURPOSE_REQUIRED") return null;
    return (this.metadata["purposes"] ?? "").split(/[,\s]+/).filter((code) => code !== "");
  }
}

export function unreachable(cause: unknown): Problem {
  return new Problem(0, "UNREACHABLE", String(cause), "", null);
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, "DEFECT", String(error), "", null);
}

/** Reads a problem document; whatever stands between us and the gateway may answer something else. */
export async function problemFrom(response: Response): Promise<Problem> {
  const text = await response.text();
  const document = parseObject(text);
  return new Problem(
    response.status,
    textOf(document.reason) || `HTTP_${response.status}`,
    textOf(document.detail) || textOf(document.title) || response.statusText,
    textOf(document.trace),
    secondsFrom(response.headers.get("retry-after")),
    metadataFrom(document.metadata),
    violationsFrom(document.violations),
  );
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function metadataFrom(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, textOf(text)]));
}

function violationsFrom(value: unknown): Violation[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: Record<string, unknown>) => ({ field: textOf(one["field"]), description: textOf(one["description"]) }));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function secondsFrom(header: string | null): number | null {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) ? Math.ceil(seconds) : null;
}
