import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { Problem } from "../src/api/problem";
import { ContactEvent_Kind } from "../src/gen/muster/dispatch/v1/contact_pb";
import {
  SourceEventSchema, TestSourceMappingResponse_EventSchema, TestSourceMappingResponse_Fate as Fate,
} from "../src/gen/muster/gateway/v1/source_service_pb";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { accountValues, fieldsOfAccount } from "../src/pages/administration/accounts/accountModel";
import { groupPermissions } from "../src/pages/administration/accounts/permissions";
import { isChangedMeanwhile, pathOf, placeViolations } from "../src/pages/administration/kit/violations";
import { filledNames, nameIn } from "../src/pages/administration/kit/names";
import { groupsOf } from "../src/pages/administration/permissions";
import { placeFaults } from "../src/pages/administration/sources/places";
import { signingOf } from "../src/pages/administration/sources/sourceModel";
import { countFates, countUnknowns, samplesOf, saidOf } from "../src/pages/administration/sources/tried";
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

describe("what is wrong with a mapping", () => {
  const text = [
    "[events]", 'id = "eventId"', 'time = "timestamp"', "", "[[states]]", 'value = "agent.state"', "", "[states.values]",
    'READY = { state = "ONLINE" }', '"IN.CALL" = { state = "BUSYY" }', "", "[[states]]", 'value = "other["',
  ].join("\n");
  const lineOf = (field: string, description = "is wrong") => placeFaults(text, [{ field, description }])[0]?.line;

  it("stands at the line of its setting", () => {
    expect(lineOf("text.events.time")).toBe(3);
    expect(lineOf("text.states.0.values.IN.CALL.state")).toBe(10);
    expect(lineOf("text.states.1.value")).toBe(13);
  });

  it("stands at the table where the setting itself is missing", () => {
    expect(lineOf("text.events.id_of")).toBe(1);
    expect(lineOf("text.states.1.values")).toBe(12);
  });

  it("stands where the text ceases to be TOML", () => {
    expect(lineOf("text", "not TOML: Expected '=' (at line 7, column 3)")).toBe(7);
  });

  it("stands at no line where nothing of the text says it, and before all others", () => {
    const faults = placeFaults(text, [{ field: "text.events.id", description: "is empty" }, { field: "text.agents", description: "is missing" }]);

    expect(faults.map(({ line, setting }) => [line, setting])).toEqual([[null, "agents"], [2, "events.id"]]);
  });
});

describe("a trial of a mapping", () => {
  const event = (fate: Fate, ...unknowns: string[]) => create(TestSourceMappingResponse_EventSchema, { fate, unknowns });

  it("counts every event in one fate, and each unknown value once an event", () => {
    const events = [event(Fate.UNDERSTOOD), event(Fate.UNKNOWN, "states.0.values: COACHING", "states.0.values: COACHING"), event(Fate.UNKNOWN, "states.0.values: COACHING", "agents.id: x")];

    expect(countFates(events).map(({ count }) => count)).toEqual([1, 2, 0, 0]);
    expect(countUnknowns(events)).toEqual([{ what: "states.0.values: COACHING", count: 2 }, { what: "agents.id: x", count: 1 }]);
  });

  it("takes events in the order in which they came, and none whose text is not told", () => {
    const kept = ['{"n":2}', "", '{"n":1}'].map((body) => create(SourceEventSchema, { body }));

    expect(JSON.parse(samplesOf(kept))).toEqual([{ n: 1 }, { n: 2 }]);
    expect(samplesOf([create(SourceEventSchema)])).toBe("");
  });

  it("takes no more than a trial may have", () => {
    const kept = Array.from({ length: 5 }, () => create(SourceEventSchema, { body: JSON.stringify({ text: "x".repeat(300_000) }) }));

    expect(JSON.parse(samplesOf(kept))).toHaveLength(3);
  });

  it("says what an event would report in the words of the mapping", () => {
    const told = create(TestSourceMappingResponse_EventSchema, {
      states: [{ agent: "agents/ana", state: State.BREAK, reason: "meal" }], contacts: [{ contactId: "17", kind: ContactEvent_Kind.ANSWERED, agent: "agents/ana" }],
    });

    expect(saidOf(told).map(({ subject, words }) => `${subject}: ${words}`)).toEqual(["agents/ana: BREAK meal", "contact 17: ANSWERED agents/ana"]);
  });
});

it("of a proof, only what its scheme knows is set", () => {
  const signing = { scheme: "SCHEME_API_KEY", header: "x-key", timestampHeader: "x-time", signedText: "{body}" };

  expect(signingOf(signing)).toEqual({ scheme: "SCHEME_API_KEY", header: "x-key" });
  expect(signingOf({ ...signing, scheme: "SCHEME_BASIC" })).toEqual({ scheme: "SCHEME_BASIC" });
  expect(signingOf({ scheme: "SCHEME_HMAC_SHA256" })).toEqual({ scheme: "SCHEME_HMAC_SHA256", header: "", timestampHeader: "", signedText: "" });
});

it("sections stand in groups, and none that the account may not open", () => {
  const account = { permissions: ["gateway.sources.read", "account.roles.read"] } as never;

  expect(groupsOf(account)).toEqual([{ group: "access", sections: ["roles"] }, { group: "connections", sections: ["sources"] }]);
});
