import { useEffect, useRef } from "react";

interface Pages {
  /** Undefined until they were read for the first time. */
  readonly data: unknown;
  readonly refetch: () => unknown;
}

/** Reads the further pages of a list again whenever its first page was: they may hold more by now. */
export function useRenewal({ data, refetch }: Pages, firstReadMs: number | null): void {
  const followed = useRef(firstReadMs);
  const isRead = data !== undefined;
  useEffect(() => {
    if (isRead && followed.current !== firstReadMs) void refetch();
    followed.current = firstReadMs;
  }, [isRead, firstReadMs, refetch]);
}
