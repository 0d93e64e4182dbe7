import { Segmented, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { listNewestEvents, SourceEvent_State as State, type Source, type SourceEvent } from "../../../api/sources";
import { Rows } from "../kit/Rows";
import { Content } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { useInstants } from "../kit/useInstants";
import { useText } from "../text";

const SHOWN = 200;
const STATE_KEYS = {
  [State.UNSPECIFIED]: "stateAny", [State.REFUSED]: "stateRefused", [State.UNKNOWN]: "stateUnknown", [State.PENDING]: "statePending",
  [State.DONE]: "stateDone",
} as const;
const CHOICES = [State.UNSPECIFIED, State.REFUSED, State.UNKNOWN, State.PENDING, State.DONE] as const;

/** What came of late, and what became of it. */
export function EventsTab({ source }: { readonly source: Source }) {
  const t = useText();
  const [state, setState] = useState<State>(State.UNSPECIFIED);
  const events = useLoaded<SourceEvent[]>(["events", source.name, State[state]], (signal) => listNewestEvents(source, state, SHOWN, signal));
  return (
    <div className="source-events">
      <Segmented<State>
        aria-label={t("sources.outcome")} value={state} onChange={setState}
        options={CHOICES.map((value) => ({ value, label: t(`sources.${STATE_KEYS[value]}`) }))}
      />
      <Content loaded={events} emptyText={(rows) => (rows.length > 0 ? null : t("sources.noEvents"))}>
        {(rows) => (
          <>
            {rows.every(({ body }) => body === "") && <p className="muted">{t("sources.bodiesHidden")}</p>}
            <EventRows events={rows} />
          </>
        )}
      </Content>
    </div>
  );
}

function EventRows({ events }: { readonly events: readonly SourceEvent[] }) {
  const t = useText();
  const instant = useInstants();
  const columns: TableColumnsType<SourceEvent> = [
    { title: t("sources.received"), key: "received", render: (_, { receiveTime }) => instant(receiveTime) },
    { title: t("sources.outcome"), key: "outcome", render: (_, { state }) => <Tag>{t(`sources.${STATE_KEYS[state] ?? "stateAny"}`)}</Tag> },
    { title: t("sources.event"), key: "event", render: (_, { dedupeId }) => <code>{dedupeId}</code> },
    { title: t("sources.why"), key: "why", render: (_, { reasons }) => reasons.length > 0 && <ul className="sayings">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul> },
    { title: t("presence.version"), key: "version", align: "right", render: (_, { mappingVersion }) => mappingVersion || "" },
    {
      title: t("sources.body"), key: "body",
      render: (_, { body }) => body !== "" && <details className="event-body"><summary>{t("sources.showBody")}</summary><pre tabIndex={0}>{body}</pre></details>,
    },
  ];
  return <Rows label={t("sources.events")} rows={events} columns={columns} keyOf={({ name }) => name} />;
}
