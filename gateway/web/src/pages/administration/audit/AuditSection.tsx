import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, type TableColumnsType } from "antd";
import { useState } from "react";
import { listAuditEntries, type AuditEntry, type AuditSearch } from "../../../api/audit";
import { AuditEntry_Kind } from "../../../gen/muster/gateway/v1/audit_service_pb";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { idOf } from "../kit/names";
import { useInstants } from "../kit/useInstants";
import { useText } from "../text";
import { EVERYTHING, searchOf, type SearchValues } from "./search";

/** Who did what, and who looked at whom. */
export default function AuditSection() {
  const t = useText();
  const [search, setSearch] = useState<AuditSearch>(searchOf(EVERYTHING));
  const pages = useInfiniteQuery({
    queryKey: ["administration", "audit", search],
    queryFn: ({ pageParam, signal }) => listAuditEntries(search, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => (nextPageToken === "" ? undefined : nextPageToken),
  });
  return (
    <Section
      title={t("sections.audit")} lead={t("audit.lead")} loaded={pages}
      emptyText={({ pages: [first] }) => (first === undefined || first.entries.length === 0 ? t("audit.empty") : null)}
      actions={<SearchForm onSearch={(values) => setSearch(searchOf(values))} />}
    >
      {(found) => (
        <>
          <Alert type="info" title={t("audit.verify")} description={<code>muster verify audit</code>} />
          <Entries entries={found.pages.flatMap(({ entries }) => entries)} />
          {pages.hasNextPage && <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("audit.more")}</Button>}
        </>
      )}
    </Section>
  );
}

function SearchForm({ onSearch }: { readonly onSearch: (values: SearchValues) => void }) {
  const t = useText();
  return (
    <Form<SearchValues> layout="vertical" className="audit-search" initialValues={EVERYTHING} onFinish={onSearch}>
      <Form.Item name="actor" label={t("audit.actor")}><Input placeholder="accounts/…" allowClear /></Form.Item>
      <Form.Item name="person" label={t("audit.person")}><Input placeholder="agents/…" allowClear /></Form.Item>
      <Form.Item name="method" label={t("audit.method")}><Input placeholder="muster.….v1.…/…" allowClear /></Form.Item>
      <Form.Item name="from" label={t("audit.from")}><Input type="datetime-local" /></Form.Item>
      <Form.Item name="until" label={t("audit.until")}><Input type="datetime-local" /></Form.Item>
      <Button type="primary" htmlType="submit">{t("audit.search")}</Button>
    </Form>
  );
}

const KIND_KEYS = {
  [AuditEntry_Kind.UNSPECIFIED]: "kindOther", [AuditEntry_Kind.LOOK]: "kindLook", [AuditEntry_Kind.CHANGE]: "kindChange",
  [AuditEntry_Kind.OUTCOME]: "kindOutcome", [AuditEntry_Kind.REFUSAL]: "kindRefusal",
} as const;

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const t = useText();
  const instant = useInstants();
  const columns: TableColumnsType<AuditEntry> = [
    { title: t("audit.time"), key: "time", render: (_, { recordTime }) => instant(recordTime) },
    { title: t("audit.actor"), key: "actor", render: (_, { actor }) => idOf(actor) },
    { title: t("audit.kind"), key: "kind", render: (_, { kind }) => t(`audit.${KIND_KEYS[kind] ?? "kindOther"}`) },
    { title: t("audit.method"), key: "method", render: (_, { method }) => <span title={method}>{idOf(method)}</span> },
    { title: t("audit.person"), key: "person", render: (_, { person }) => idOf(person) },
    { title: t("field.site"), key: "site", render: (_, { site }) => idOf(site) },
    { title: t("audit.purpose"), key: "purpose", render: (_, { purpose }) => purpose },
    { title: t("audit.outcome"), key: "outcome", render: (_, { outcome }) => outcome },
    { title: t("audit.summary"), key: "summary", render: (_, { summary }) => <span className="summary" title={summary}>{summary}</span> },
  ];
  return <Rows label={t("sections.audit")} rows={entries} columns={columns} keyOf={(entry) => entry.name} />;
}
