import { Button, Drawer, Form, Input, InputNumber, type TableColumnsType } from "antd";
import { useState } from "react";
import { createToken, deleteNamed, listTokens, type ServiceAccount, type ServiceAccountToken } from "../../../api/people";
import { asProblem, type Problem } from "../../../api/problem";
import { Refusal } from "../kit/Refusal";
import { RowActions } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Secret } from "../kit/Secret";
import { Content } from "../kit/Section";
import { useLoaded, useReload } from "../kit/data";
import { useAct } from "../kit/useAct";
import { useInstants } from "../kit/useInstants";
import type { SectionProps } from "../sections";
import { useText } from "../text";

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
const MOST_DAYS = 365;

/** The tokens of a program: which there are, a new one, and the end of one. */
export function TokensDrawer({ program, may, onClose }: SectionProps & { readonly program: ServiceAccount; readonly onClose: () => void }) {
  const t = useText();
  const act = useAct();
  const instant = useInstants();
  const [made, setMade] = useState<ServiceAccountToken | null>(null);
  const tokens = useLoaded<ServiceAccountToken[]>(["tokens", program.name], (signal) => listTokens(program, signal));
  const mayWrite = may("account.service_accounts.write");
  const revoke = (token: ServiceAccountToken) => act({
    question: t("programs.revokeQuestion", { name: token.displayName }), consequence: t("programs.revokeConsequence"),
    action: t("programs.revoke"), run: () => deleteNamed(token),
  });
  const columns: TableColumnsType<ServiceAccountToken> = [
    { title: t("programs.purpose"), key: "name", render: (_, { displayName }) => displayName },
    { title: t("programs.expires"), key: "expires", render: (_, { expireTime }) => instant(expireTime) },
    { title: t("accounts.lastUsed"), key: "used", render: (_, { lastUsedTime }) => instant(lastUsedTime) || t("programs.neverUsed") },
    {
      title: t("kit.actions"), key: "actions",
      render: (_, token) => mayWrite && <RowActions of={token.displayName} actions={[{ label: t("programs.revoke"), run: () => revoke(token) }]} />,
    },
  ];
  return (
    <Drawer
      open title={t("programs.tokensOf", { name: program.displayName })} size="min(720px, 100vw)" onClose={onClose}
      closable={{ "aria-label": t("kit.close") }}
    >
      {mayWrite && <NewToken program={program} onMade={setMade} />}
      <Content loaded={tokens} emptyText={(rows) => (rows.length > 0 ? null : t("programs.noTokens"))}>
        {(rows) => <Rows label={t("programs.tokens")} rows={rows} columns={columns} keyOf={(token) => token.name} />}
      </Content>
      {made !== null && (
        <Secret
          title={t("programs.tokenTitle", { name: made.displayName })} secret={made.token} onClose={() => setMade(null)}
          lead={t("programs.tokenLead", { until: instant(made.expireTime) })}
        />
      )}
    </Drawer>
  );
}

interface NewTokenValues {
  readonly displayName: string;
  readonly days: number;
}

function NewToken({ program, onMade }: { readonly program: ServiceAccount; readonly onMade: (token: ServiceAccountToken) => void }) {
  const t = useText();
  const reload = useReload();
  const [form] = Form.useForm<NewTokenValues>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async ({ displayName, days }: NewTokenValues) => {
    setProblem(null);
    try {
      onMade(await createToken(program, displayName, new Date(Date.now() + days * DAY_MS).toISOString()));
      form.resetFields();
      await reload();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <>
      {problem !== null && <Refusal problem={problem} others={problem.violations} onReload={() => void reload()} />}
      <Form form={form} layout="inline" className="new-token" initialValues={{ days: USUAL_DAYS }} onFinish={(values) => void make(values)}>
        <Form.Item name="displayName" label={t("programs.purpose")} rules={[{ required: true, message: t("field.required") }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="days" label={t("programs.days")}><InputNumber min={1} max={MOST_DAYS} precision={0} /></Form.Item>
        <Button htmlType="submit">{t("programs.newToken")}</Button>
      </Form>
    </>
  );
}
