import type { TableColumnsType } from "antd";
import { listUnknowns, type Source, type SourceUnknown } from "../../../api/sources";
import { Rows } from "../kit/Rows";
import { Content } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { useInstants } from "../kit/useInstants";
import { useText } from "../text";

/** The values that came and that no table of the mapping has, with how often and since when. */
export function UnknownsTab({ source }: { readonly source: Source }) {
  const t = useText();
  const instant = useInstants();
  const unknowns = useLoaded<SourceUnknown[]>(["unknowns", source.name], (signal) => listUnknowns(source, signal));
  const columns: TableColumnsType<SourceUnknown> = [
    { title: t("sources.value"), key: "value", render: (_, { value }) => <code>{value}</code> },
    { title: t("sources.setting"), key: "setting", render: (_, { field }) => <code>{field}</code> },
    { title: t("sources.eventCount"), key: "count", align: "right", render: (_, { eventCount }) => String(eventCount) },
    { title: t("sources.firstSeen"), key: "first", render: (_, { firstSeenTime }) => instant(firstSeenTime) },
    { title: t("sources.lastSeen"), key: "last", render: (_, { lastSeenTime }) => instant(lastSeenTime) },
  ];
  return (
    <Content loaded={unknowns} emptyText={(rows) => (rows.length > 0 ? null : t("sources.noUnknowns"))}>
      {(rows) => <Rows label={t("sources.unknowns")} rows={rows} columns={columns} keyOf={({ field, value }) => `${field} ${value}`} />}
    </Content>
  );
}
