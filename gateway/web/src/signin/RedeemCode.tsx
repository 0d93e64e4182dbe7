import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useRedeemCode } from "../app/session";
import { AccountField, CodeField, PasswordField } from "./fields";
import { Refused } from "./Refused";

const SHORTEST_PASSWORD = 12;

/** Sets a password by a one-time code, and signs in with it. */
export function RedeemCode() {
  const { t } = useTranslation();
  const redeem = useRedeemCode();
  const [account, setAccount] = useState("");
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const [differ, setDiffer] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDiffer(password !== repeated);
    if (password === repeated) redeem.mutate({ account: account.trim(), code, password });
  };
  return (
    <form onSubmit={submit} aria-labelledby="code-title">
      <h2 id="code-title">{t("code.title")}</h2>
      <AccountField value={account} onChange={setAccount} />
      <CodeField value={code} onChange={setCode} />
      <PasswordField label={t("code.password")} value={password} onChange={setPassword} minLength={SHORTEST_PASSWORD} />
      <PasswordField label={t("code.repeat")} value={repeated} onChange={setRepeated} minLength={SHORTEST_PASSWORD} />
      <p className="hint">{t("code.rules")}</p>
      {differ && <p className="note refused" role="alert">{t("code.differ")}</p>}
      {!differ && redeem.isError && (
        <Refused key={redeem.submittedAt} error={redeem.error} unauthenticated="code.wrong" />
      )}
      <button type="submit" className="button primary" disabled={redeem.isPending}>
        {t(redeem.isPending ? "signIn.busy" : "code.submit")}
      </button>
    </form>
  );
}
