/**
 * Stands in for the two modules of Ant Design that write `<style>` elements (see vite.config.ts): what they would write
 * becomes constructed style sheets, which the content security policy of the page allows as it is.
 */
interface Options {
  readonly priority?: number;
}

interface Adopted {
  readonly sheet: CSSStyleSheet;
  /** Never in the document: Ant Design keeps its marks on it. */
  readonly mark: HTMLStyleElement;
  readonly priority: number;
  css: string;
}

const adopted = new Map<string, Adopted>();

/** Puts a style sheet in force under a key, in the order of priority, in place of the former one of that key. */
export function updateCSS(css: string, key: string, { priority = 0 }: Options = {}): HTMLStyleElement {
  const former = adopted.get(key);
  if (former?.css === css) return former.mark;
  const entry = former ?? { sheet: new CSSStyleSheet(), mark: document.createElement("style"), priority, css };
  entry.css = css;
  entry.sheet.replaceSync(css);
  if (former === undefined) adopt(key, entry);
  return entry.mark;
}

/** Puts a style sheet in force that has no key but its text. */
export function injectCSS(css: string, options: Options = {}): HTMLStyleElement {
  return updateCSS(css, css, options);
}

/** Takes the style sheet of a key out of force. */
export function removeCSS(key: string): void {
  const entry = adopted.get(key);
  if (entry === undefined) return;
  adopted.delete(key);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== entry.sheet);
}

/** Nothing of these pages lies in a shadow root. */
export const getShadowRoot = () => null;

export function warningOnce(isFine: boolean, message: string): void {
  if (!isFine) console.warn(message);
}

function adopt(key: string, entry: Adopted): void {
  const later = [...adopted.values()].filter(({ priority }) => priority > entry.priority).map(({ sheet }) => sheet);
  const place = document.adoptedStyleSheets.findIndex((sheet) => later.includes(sheet));
  adopted.set(key, entry);
  document.adoptedStyleSheets.splice(place < 0 ? document.adoptedStyleSheets.length : place, 0, entry.sheet);
}
