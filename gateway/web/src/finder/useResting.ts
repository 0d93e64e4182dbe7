import { useEffect, useState } from "react";

const REST_MS = 150;

/** A text, once nobody has typed for a moment: a server is not asked for each letter. */
export function useResting(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
