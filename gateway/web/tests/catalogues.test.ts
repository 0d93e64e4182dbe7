import { expect, it } from "vitest";
import en from "../src/locales/en.json";
import zh from "../src/locales/zh.json";

type Catalogue = { readonly [key: string]: string | Catalogue };

function texts(catalogue: Catalogue, path = ""): Map<string, string> {
  return new Map(Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as const] : [...texts(value, `${path}${key}.`)]));
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] as string).sort();
}

it("both languages say the same things", () => {
  expect([...texts(zh).keys()].sort()).toEqual([...texts(en).keys()].sort());
});

it("both languages fill in the same facts", () => {
  const chinese = texts(zh);

  for (const [key, text] of texts(en)) expect([key, placeholders(chinese.get(key) ?? "")]).toEqual([key, placeholders(text)]);
});

it("no text is left over that nothing shows", () => {
  const sources = Object.values(import.meta.glob<string>("../src/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true }));
  const shown = (key: string) => sources.some((source) => source.includes(`"${key}"`));
  const chosenByName = /^(state|activity|source|live|mark|entry|tip\.mark|plan|letter|filter|group|sort|axis|range|purpose|contact|myDay\.(extend|contact|look|part|about))\./;

  const leftOver = [...texts(en).keys()].filter((key) => !chosenByName.test(key) && !shown(key.replace(/_(one|other)$/, "")));

  expect(leftOver).toEqual([]);
});

it("a team and work away have the glossary's Chinese word on every page", () => {
  const catalogues = Object.values(import.meta.glob<string>("../src/**/locales/zh.json", { query: "?raw", import: "default", eager: true }));
  const words = catalogues.flatMap((text) => text.match(/团队|班组|离岗工作|非接待工作|离席工作/g) ?? []);

  expect(new Set(words)).toEqual(new Set(["班组", "离席工作"]));
});
