import { useTranslation } from "react-i18next";

/** Writes how old something is, coarser the older it is. */
export function useAge(): (ms: number) => string {
  const { t } = useTranslation();
  return (ms) => {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    if (seconds < 120) return t("age.seconds", { count: seconds });
    if (seconds < 7200) return t("age.minutes", { count: Math.floor(seconds / 60) });
    if (seconds < 172_800) return t("age.hours", { count: Math.floor(seconds / 3600) });
    return t("age.days", { count: Math.floor(seconds / 86_400) });
  };
}
