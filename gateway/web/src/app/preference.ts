/** Recalls what somebody chose in this browser; a browser that keeps nothing is no error. */
export function recall(name: string): string | null {
  try {
    return window.localStorage.getItem(`muster.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    window.localStorage.setItem(`muster.${name}`, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}
