import { Button, Drawer, type TableColumnsType } from "antd";
import { endSessions, listSessions, type Account, type OpenSession } from "../../../api/people";
import { Content } from "../kit/Section";
import { Rows } from "../kit/Rows";
import { useLoaded } from "../kit/data";
import { useAct } from "../kit/useAct";
import { useInstants } from "../kit/useInstants";
import type { SectionProps } from "../sections";
import { useText } from "../text";

/** Where somebody is signed in, and the way to end that. */
export function SessionsDrawer({ account, may, onClose }: SectionProps & { readonly account: Account; readonly onClose: () => void }) {
  const t = useText();
  const act = useAct();
  const instant = useInstants();
  const sessions = useLoaded<OpenSession[]>(["sessions", account.name], (signal) => listSessions(account, signal));
  const endAll = () => act({
    question: t("accounts.endSessionsQuestion", { name: account.displayName }), consequence: t("accounts.endSessionsConsequence"),
    action: t("accounts.endSessions"), run: () => endSessions(account),
  });
  const columns: TableColumnsType<OpenSession> = [
    { title: t("accounts.since"), key: "since", render: (_, { createTime }) => instant(createTime) },
    { title: t("accounts.lastUsed"), key: "used", render: (_, { lastUsedTime }) => instant(lastUsedTime) },
    { title: t("accounts.from"), key: "from", render: (_, { addressClass, userAgent }) => <span title={userAgent}>{addressClass}</span> },
  ];
  const canEnd = may("account.accounts.write") && (sessions.data?.length ?? 0) > 0;
  return (
    <Drawer
      open title={t("accounts.sessionsOf", { name: account.displayName })} size="min(640px, 100vw)" onClose={onClose}
      closable={{ "aria-label": t("kit.close") }}
      footer={canEnd && <div className="drawer-actions"><Button onClick={endAll}>{t("accounts.endSessions")}</Button></div>}
    >
      <Content loaded={sessions} emptyText={(rows) => (rows.length > 0 ? null : t("accounts.noSessions"))}>
        {(rows) => <Rows label={t("accounts.sessions")} rows={rows} columns={columns} keyOf={(session) => session.name} />}
      </Content>
    </Drawer>
  );
}
