import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, LANGUAGES, type Language } from "../app/language";
import { useSignIn } from "../app/session";
import { Mark } from "../ui/Mark";
import { AccountField, PasswordField } from "./fields";
import { Providers } from "./Providers";
import { RedeemCode } from "./RedeemCode";
import { Refused } from "./Refused";
import { RefusedElsewhere } from "./RefusedElsewhere";

export function SignIn({ hasEnded }: { readonly hasEnded: boolean }) {
  const { t } = useTranslation();
  const [hasCode, setHasCode] = useState(false);
  return (
    <main className="sign-in">
      <section>
        <header>
          <Mark size={30} />
          <h1>{t("app.name")}</h1>
        </header>
        <RefusedElsewhere />
        {hasCode ? <RedeemCode /> : <ByPassword hasEnded={hasEnded} />}
        {!hasCode && <Providers />}
        <button type="button" className="link" onClick={() => setHasCode(!hasCode)}>
          {t(hasCode ? "signIn.back" : "signIn.haveCode")}
        </button>
      </section>
      <Languages />
    </main>
  );
}

function ByPassword({ hasEnded }: { readonly hasEnded: boolean }) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ account: account.trim(), password }, { onError: () => setPassword("") });
  };
  return (
    <form onSubmit={submit} aria-labelledby="sign-in-title">
      <p className="lead">{t("signIn.lead")}</p>
      <h2 id="sign-in-title" className="visually-hidden">{t("signIn.title")}</h2>
      {hasEnded && !signIn.isError && <p className="note" role="status">{t("signIn.ended")}</p>}
      <AccountField value={account} onChange={setAccount} />
      <PasswordField label={t("signIn.password")} value={password} onChange={setPassword} />
      {signIn.isError && <Refused key={signIn.submittedAt} error={signIn.error} unauthenticated="signIn.wrong" />}
      <button type="submit" className="button primary" disabled={signIn.isPending}>
        {t(signIn.isPending ? "signIn.busy" : "signIn.submit")}
      </button>
      <p className="hint">{t("signIn.hint")}</p>
    </form>
  );
}

function Languages() {
  const { i18n } = useTranslation();
  return (
    <nav className="languages">
      {(Object.keys(LANGUAGES) as Language[]).map((language) => (
        <button
          key={language} type="button" lang={language} aria-pressed={i18n.language === language}
          onClick={() => chooseLanguage(language)}
        >
          {LANGUAGES[language]}
        </button>
      ))}
    </nav>
  );
}
