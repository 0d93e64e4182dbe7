/** The part of a resource name after the last slash: `ana` of `agents/ana`. */
export function idOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** A name in the language of the reader, else in English, else in whichever language comes first. */
export function nameIn(names: Readonly<Record<string, string>>, language: string, fallback: string): string {
  const [first] = Object.keys(names).sort();
  return names[language] ?? names["en"] ?? (first === undefined ? undefined : names[first]) ?? fallback;
}

/** The names that were filled in, by language. */
export function filledNames(names: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const filled = Object.entries(names).map(([language, name]) => [language, (name ?? "").trim()] as const);
  return Object.fromEntries(filled.filter(([, name]) => name !== ""));
}
