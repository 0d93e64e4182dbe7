import { describe, expect, it } from "vitest";
import { Problem } from "../src/api/problem";
import { accountValues, fieldsOfAccount } from "../src/pages/administration/accounts/accountModel";
import { groupPermissions } from "../src/pages/administration/accounts/permissions";
import { isChangedMeanwhile, pathOf, placeViolations } from "../src/pages/administration/kit/violations";
import { filledNames, nameIn } from "../src/pages/administration/kit/names";
import en from "../src/pages/administration/locales/en.json";
import zh from "../src/pages/administration/locales/zh.json";

type Catalogue = { readonly [key: string]: string | Catalogue };

function texts(catalogue: Catalogue, path = ""): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : texts(value, `${path}${key}.`));
}

describe("what a refusal says of a field", () => {
  it("stands at that field, however the request holds the form", () => {
    const violations = [
      { field: "accounts[0].display_name", description: "is empty" },
      { field: "account.roles[1]", description: "is unknown" },
    ];

    const { fields, others } = placeViolations(violations, [["displayName"], ["roles"], ["sites"]]);

    expect(fields).toEqual([{ name: ["displayName"], errors: ["is empty"] }, { name: ["roles"], errors: ["is unknown"] }]);
    expect(others).toEqual([]);
  });

  it("stands at the row of a list that it names", () => {
    const violation = { field: "agents[3].skills[1].level", description: "lies between 1 and 5" };

    const { fields } = placeViolations([violation], [["skills", 0, "level"], ["skills", 1, "level"]]);

    expect(fields).toEqual([{ name: ["skills", 1, "level"], errors: ["lies between 1 and 5"] }]);
  });

  it("is said above the form where no field is the one", () => {
    const violation = { field: "update_mask", description: "cannot be changed" };

    expect(placeViolations([violation], [["displayName"]])).toEqual({ fields: [], others: [violation] });
  });

  it("reads names of the wire as the form writes them", () => {
    expect(pathOf("policy.break_reasons[2].display_names")).toEqual(["policy", "breakReasons", 2, "displayNames"]);
  });
});

it.each([
  [409, "STALE_ETAG", true], [409, "POLICY_CHANGED", true], [409, "ACCOUNT_EXISTS", false], [400, "STALE_ETAG", false],
])("a refusal %i %s is a change meanwhile: %s", (status, reason, isOne) => {
  expect(isChangedMeanwhile(new Problem(status, reason, "", "", null))).toBe(isOne);
});

it("a choice that is taken away from an account is emptied and not left as it was", () => {
  const values = { ...accountValues(null), displayName: "Ana", agent: undefined, languageCode: undefined };

  expect(fieldsOfAccount(values)).toMatchObject({ displayName: "Ana", agent: "", languageCode: "" });
  expect(fieldsOfAccount(values)).not.toHaveProperty("id");
});

it("permissions stand together by what they open", () => {
  const ids = ["board.read", "account.self", "board.export"];
  const permissions = ids.map((id) => ({ id, methods: [], readFields: [], writeFields: [] }) as never);

  expect(groupPermissions(permissions).map(({ area, permissions: inArea }) => [area, inArea.length])).toEqual([["account", 1], ["board", 2]]);
});

it("a name is in the reader's language, else in English, else in whichever there is", () => {
  expect(nameIn({ en: "Mail", zh: "邮件" }, "zh", "mail")).toBe("邮件");
  expect(nameIn({ en: "Mail" }, "zh", "mail")).toBe("Mail");
  expect(nameIn({ he: "דואר" }, "zh", "mail")).toBe("דואר");
  expect(nameIn({}, "zh", "mail")).toBe("mail");
});

it("names that were left empty are none", () => {
  expect(filledNames({ en: " Mail ", zh: "", fr: undefined })).toEqual({ en: "Mail" });
});

it("both languages of the administration say the same things with the same facts", () => {
  const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
  const facts = (catalogue: Catalogue) => texts(catalogue).map(([key, text]) => [key, ...placeholders(text)].join(" ")).sort();

  expect(facts(zh)).toEqual(facts(en));
});
