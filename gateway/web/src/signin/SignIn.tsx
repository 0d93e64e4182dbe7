import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";
import { chooseLanguage, LANGUAGES, type Language } from "../app/language";
import { useSignIn } from "../app/session";
import { Mark } from "../ui/Mark";

export function SignIn({ hasEnded }: { readonly hasEnded: boolean }) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ account: account.trim(), password }, { onError: () => setPassword("") });
  };
  return (
    <main className="sign-in">
      <form onSubmit={submit} aria-labelledby="sign-in-title">
        <header>
          <Mark size={30} />
          <h1>{t("app.name")}</h1>
        </header>
        <p className="lead">{t("signIn.lead")}</p>
        <h2 id="sign-in-title" className="visually-hidden">{t("signIn.title")}</h2>
        {hasEnded && !signIn.isError && <p className="note" role="status">{t("signIn.ended")}</p>}
        <label>
          {t("signIn.account")}
          <input
            name="account" value={account} onChange={(event) => setAccount(event.target.value)}
            autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus required maxLength={63}
          />
        </label>
        <label>
          {t("signIn.password")}
          <input
            name="password" type="password" value={password} onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password" required maxLength={200}
          />
        </label>
        {signIn.isError && <Refused key={signIn.submittedAt} error={signIn.error} />}
        <button type="submit" className="button primary" disabled={signIn.isPending}>
          {t(signIn.isPending ? "signIn.busy" : "signIn.submit")}
        </button>
        <p className="hint">{t("signIn.hint")}</p>
      </form>
      <Languages />
    </main>
  );
}

function Refused({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const wait = useCountdown(problem.retryAfterSeconds ?? 0);
  let text = t("signIn.failed", { reason: problem.reason });
  if (problem.isSignedOut) text = t("signIn.wrong");
  else if (problem.reason === "UNREACHABLE") text = t("page.unreachable");
  else if (problem.reason === "TOO_MANY_ATTEMPTS") text = t("signIn.wait", { count: wait });
  return <p className="note refused" role="alert">{text}</p>;
}

function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
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
