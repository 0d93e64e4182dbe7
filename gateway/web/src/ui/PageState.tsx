import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/problem";

interface PageStateProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly role?: "alert" | "status";
}

/** What a page shows in place of its content: one sentence, and the one action that helps. */
export function PageState({ title, children, action, role = "status" }: PageStateProps) {
  return (
    <section className="page-state" role={role}>
      <h2>{title}</h2>
      {children}
      {action}
    </section>
  );
}

export function Command({ children }: { readonly children: string }) {
  return <pre className="command"><code>{children}</code></pre>;
}

interface ErrorStateProps {
  readonly problem: Problem;
  /** Says what failed; the board if absent. */
  readonly title?: string | undefined;
  readonly onRetry: () => void;
}

/** Says what failed, what to do, and a code to quote. */
export function ErrorState({ problem, title, onRetry }: ErrorStateProps) {
  const { t } = useTranslation();
  const retry = <button type="button" className="button primary" onClick={onRetry}>{t("page.retry")}</button>;
  return (
    <PageState title={title ?? t("page.errorTitle")} role="alert" action={retry}>
      <p>{t(explanationOf(problem))}</p>
      <dl className="code-to-quote">
        <dt>{t("page.code")}</dt>
        <dd>
          <code>{problem.code}</code>
        </dd>
      </dl>
    </PageState>
  );
}

function explanationOf(problem: Problem): "page.unreachable" | "page.backend" | "page.defect" {
  if (problem.status === 0 && problem.reason === "UNREACHABLE") return "page.unreachable";
  if ([502, 503, 504].includes(problem.status)) return "page.backend";
  return "page.defect";
}
