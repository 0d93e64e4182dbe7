import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";

interface Props {
  readonly error: unknown;
  /** What to say where account and secret do not go together. */
  readonly unauthenticated: "signIn.wrong" | "code.wrong";
}

/** Says why somebody was not let in, and counts down where one has to wait. */
export function Refused({ error, unauthenticated }: Props) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const wait = useCountdown(problem.retryAfterSeconds ?? 0);
  let text = t("signIn.failed", { reason: problem.reason });
  if (problem.isSignedOut) text = t(unauthenticated);
  else if (problem.reason === "UNREACHABLE") text = t("page.unreachable");
  else if (problem.reason === "INVALID_FIELD") text = t("code.rules");
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
