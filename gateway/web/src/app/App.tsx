import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { SignIn } from "../signin/SignIn";
import { ErrorState } from "../ui/PageState";
import { usePath } from "./address";
import { Frame } from "./Frame";
import { adoptLanguage } from "./language";
import { useSession } from "./session";
import { useTheme } from "./theme";

const WallPage = lazy(() => import("../pages/wall/WallPage"));

export function App() {
  // A screen on a wall has a token of its own and nobody who signs in.
  if (usePath() === "/wall") return <Suspense fallback={null}><WallPage /></Suspense>;
  return <SignedInApp />;
}

function SignedInApp() {
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
