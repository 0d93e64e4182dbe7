import { Tag, type TableColumnsType } from "antd";
import { TestSourceMappingResponse_Fate as Fate, type TestSourceMappingResponse_Event } from "../../../gen/muster/gateway/v1/source_service_pb";
import type { TestSourceMappingResponse } from "../../../api/sources";
import { Rows } from "../kit/Rows";
import { useInstants } from "../kit/useInstants";
import { useText } from "../text";
import { countFates, countUnknowns, saidOf, type Counted } from "./tried";

const FATE_KEYS = {
  [Fate.UNSPECIFIED]: "fateIgnored", [Fate.UNDERSTOOD]: "fateUnderstood", [Fate.UNKNOWN]: "fateUnknown", [Fate.REFUSED]: "fateRefused",
  [Fate.IGNORED]: "fateIgnored",
} as const;

/** What a mapping made of samples: how many of each fate, which values nothing knows, and each event. */
export function Tried({ tried: { events, agents } }: { readonly tried: TestSourceMappingResponse }) {
  const t = useText();
  const unknowns = countUnknowns(events);
  return (
    <div className="tried">
      <div role="status">
        <ul className="counts">
          {countFates(events).map(({ what, count }) => <li key={what}><strong>{count}</strong> {t(`sources.${FATE_KEYS[what]}`)}</li>)}
          <li><strong>{agents.length}</strong> {t("sources.agents", { count: agents.length })}</li>
        </ul>
      </div>
      {unknowns.length > 0 && <><h3>{t("sources.unknowns")}</h3><UnknownCounts unknowns={unknowns} /></>}
      <h3>{t("sources.becomes")}</h3>
      <Events events={events} />
    </div>
  );
}

function UnknownCounts({ unknowns }: { readonly unknowns: readonly Counted<string>[] }) {
  const t = useText();
  const columns: TableColumnsType<Counted<string>> = [
    { title: t("sources.value"), key: "value", render: (_, { what }) => <code>{what}</code> },
    { title: t("sources.eventCount"), key: "count", align: "right", render: (_, { count }) => count },
  ];
  return <Rows label={t("sources.unknowns")} rows={unknowns} columns={columns} keyOf={({ what }) => what} />;
}

function Events({ events }: { readonly events: readonly TestSourceMappingResponse_Event[] }) {
  const t = useText();
  const columns: TableColumnsType<TestSourceMappingResponse_Event> = [
    { title: t("sources.event"), key: "event", render: (_, { messageNumber, eventId }) => <>{messageNumber} <span className="muted">{eventId}</span></> },
    { title: t("sources.fate"), key: "fate", render: (_, { fate }) => <Tag>{t(`sources.${FATE_KEYS[fate]}`)}</Tag> },
    { title: t("sources.says"), key: "says", render: (_, event) => <Saying event={event} /> },
  ];
  const numbered = new Map(events.map((event, index) => [event, String(index)]));
  return <Rows label={t("sources.becomes")} rows={events} columns={columns} keyOf={(event) => numbered.get(event) ?? ""} />;
}

function Saying({ event }: { readonly event: TestSourceMappingResponse_Event }) {
  const t = useText();
  const instant = useInstants();
  return (
    <ul className="sayings">
      {saidOf(event).map(({ time, subject, words }) => <li key={subject + words}>{subject} <code>{words}</code> <span className="muted">{instant(time)}</span></li>)}
      {event.unknowns.map((unknown) => <li key={unknown}>{t("sources.inNoTable")} <code>{unknown}</code></li>)}
      {event.faults.map((fault) => <li key={fault}>{fault}</li>)}
    </ul>
  );
}
