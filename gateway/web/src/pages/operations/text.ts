import i18next from "i18next";
import { useTranslation } from "react-i18next";
import en from "./locales/en.json";
import zh from "./locales/zh.json";

const NAMESPACE = "operations";

// The catalogue comes with the page: the board is not to wait for words that it does not show.
i18next.addResourceBundle("en", NAMESPACE, en);
i18next.addResourceBundle("zh", NAMESPACE, zh);

/** The words of this page, in the language that is chosen. */
export function useText() {
  return useTranslation(NAMESPACE).t;
}

export type Text = ReturnType<typeof useText>;
export type MetricKey = keyof typeof en.metric;

export function isKnownMetric(metric: string): metric is MetricKey {
  return metric in en.metric;
}
