import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { SignIn } from "../signin/SignIn";
import { ErrorState } from "../ui/PageState";
import { Frame } from "./Frame";
import { adoptLanguage } from "./language";
import { useSession } from "./session";
import { useTheme } from "./theme";

export function App() {
  const session = useSession();
  const { t } = useTranslation();
  useTheme();
  const language = session.kind === "signedIn" ? session.account.languageCode : "";
  useEffect(() => adoptLanguage(language), [language]);
  switch (session.kind) {
    case "loading":
      return <div className="splash" role="status" aria-label={t("page.loading")} />;
    case "signedOut":
      return <SignIn hasEnded={session.hasEnded} />;
    case "failed":
      return <ErrorState problem={session.problem} onRetry={session.retry} />;
    case "signedIn":
      return <Frame account={session.account} />;
  }
}
