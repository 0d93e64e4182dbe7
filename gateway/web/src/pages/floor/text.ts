import i18next from "i18next";
import { useTranslation } from "react-i18next";
import en from "./locales/en.json";
import zh from "./locales/zh.json";

const NAMESPACE = "floor";

// The catalogue comes with the panel: where no floor runs nobody loads it.
i18next.addResourceBundle("en", NAMESPACE, en);
i18next.addResourceBundle("zh", NAMESPACE, zh);

/** The words of the floor, in the language that is chosen. */
export function useText() {
  return useTranslation(NAMESPACE).t;
}

/** Names a queue or source by its last part, `harbor-orders`: those of the floor in words, others as they are. */
export function useSubject(): (subject: string) => string {
  const t = useText();
  return (subject) => {
    const word = subject.slice(subject.lastIndexOf("-") + 1);
    return isSubject(word) ? t(`subject.${word}`) : subject;
  };
}

function isSubject(word: string): word is keyof typeof en.subject {
  return word in en.subject;
}
