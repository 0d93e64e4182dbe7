import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "../locales/en.json";
import type administration from "../pages/administration/locales/en.json";
import type floor from "../pages/floor/locales/en.json";
import type operations from "../pages/operations/locales/en.json";
import type wall from "../pages/wall/locales/en.json";
import zh from "../locales/zh.json";
import { recall, remember } from "./preference";

/** Each language by its own name. A language is a catalogue file and a line here. */
export const LANGUAGES = { en: "English", zh: "中文" } as const;
export type Language = keyof typeof LANGUAGES;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en; administration: typeof administration; floor: typeof floor; operations: typeof operations; wall: typeof wall };
  }
}

export async function startLanguage(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language === "zh" ? "zh-Hans" : language;
  });
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, zh: { translation: zh } },
    lng: preferred(),
    fallbackLng: "en",
    interpolation: { escapeValue: false },
  });
}

export function chooseLanguage(language: Language): void {
  remember("language", language);
  void i18next.changeLanguage(language);
}

/** Takes the language of an account, unless somebody chose one on this device. */
export function adoptLanguage(tag: string): void {
  const language = languageOf(tag);
  if (recall("language") === null && language !== undefined) void i18next.changeLanguage(language);
}

function preferred(): Language {
  const wishes = [recall("language") ?? "", ...navigator.languages];
  return wishes.map(languageOf).find((known) => known !== undefined) ?? "en";
}

function languageOf(tag: string): Language | undefined {
  const language = tag.slice(0, 2).toLowerCase();
  return language in LANGUAGES ? (language as Language) : undefined;
}
