import { timestampDate, type Timestamp } from "@bufbuild/protobuf/wkt";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Writes instants in the language and the time zone of the reader; nothing for none. */
export function useInstants(): (instant: Timestamp | undefined) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });
    return (instant) => (instant === undefined ? "" : format.format(timestampDate(instant)));
  }, [i18n.language]);
}
