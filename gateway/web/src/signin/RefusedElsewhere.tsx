import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { moveTo } from "../app/address";

/** The gateway leads back here with the reason for which a sign-in by another place failed. */
const PARAMETER = "signInRefused";

const TEXTS = {
  SIGN_IN_REFUSED: "signIn.brokenOff",
  ACCOUNT_NOT_LINKED: "signIn.notLinked",
  ACCOUNT_DISABLED: "signIn.disabled",
  AGENT_HAS_ACCOUNT: "signIn.agentTaken",
  PROVIDER_UNAVAILABLE: "signIn.providerAway",
} as const;

/** Says why somebody was not let in by another place, once: the address keeps nothing of it. */
export function RefusedElsewhere() {
  const { t } = useTranslation();
  const [reason] = useState(() => new URLSearchParams(window.location.search).get(PARAMETER));
  useEffect(forget, []);
  if (reason === null) return null;
  const text = Object.hasOwn(TEXTS, reason) ? t(TEXTS[reason as keyof typeof TEXTS]) : t("signIn.failed", { reason });
  return <p className="note refused" role="alert">{text}</p>;
}

function forget(): void {
  const address = new URL(window.location.href);
  if (!address.searchParams.has(PARAMETER)) return;
  address.searchParams.delete(PARAMETER);
  moveTo(address.pathname + address.search, "replace");
}
