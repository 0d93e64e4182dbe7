/** Why somebody looks at one person's data, as the site's protection profile wants it said. */
export interface Purpose {
  readonly code: string;
  readonly note: string;
}

export const PURPOSE_HEADER = "x-muster-purpose";

/** Said once for a person, a purpose holds as long as the page does, and is kept nowhere else. */
const said = new Map<string, Purpose>();

export function sayPurpose(person: string, purpose: Purpose): void {
  said.set(person, purpose);
}

/** The header of a call about a person; none where no purpose was said. */
export function purposeHeaders(person: string): Record<string, string> {
  const purpose = said.get(person);
  return purpose === undefined ? {} : { [PURPOSE_HEADER]: headerOf(purpose) };
}

/** Headers carry ASCII alone, so that anything else is percent-encoded. */
export function headerOf({ code, note }: Purpose): string {
  const encoded = note.trim().replace(/[^\x20-\x24\x26-\x7e]+/g, encodeURIComponent);
  return encoded === "" ? code : `${code}: ${encoded}`;
}
