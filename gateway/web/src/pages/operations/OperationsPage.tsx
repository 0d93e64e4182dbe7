import "./operations.css";
import { useQuery } from "@tanstack/react-query";
import { get } from "../../api/http";
import { asProblem } from "../../api/problem";
import { PageBar } from "../../app/PageBar";
import type { PageProps } from "../../app/page";
import { epochMs } from "../../board/model";
import { useAge } from "../../board/useAge";
import { useNow } from "../../board/useNow";
import { OperationsSchema, type Operations } from "../../gen/muster/gateway/v1/operations_service_pb";
import { ErrorState } from "../../ui/PageState";
import { PlatformTable } from "./PlatformTable";
import { ProcessTable } from "./ProcessTable";
import { SiteTable } from "./SiteTable";
import { summaryOf } from "./model";
import { useText } from "./text";

const REFRESH_MS = 5_000;

/** How Muster itself does: processes, data, chains, platforms. */
export default function OperationsPage({ account, showKeys }: PageProps) {
  const t = useText();
  const query = useQuery({
    queryKey: ["operations"],
    queryFn: ({ signal }) => get(OperationsSchema, "/v1/operations", {}, signal),
    refetchInterval: REFRESH_MS,
  });
  const { data, error } = query;
  return (
    <div className="page operations">
      <PageBar account={account} showKeys={showKeys} title={t("title")}>
        {data !== undefined && <Summary told={data} />}
      </PageBar>
      <main aria-busy={query.isPending} aria-label={t("title")} tabIndex={0}>
        {data === undefined && error === null && <p className="muted" role="status">{t("loading")}</p>}
        {data === undefined && error !== null && <ErrorState problem={asProblem(error)} onRetry={() => void query.refetch()} />}
        {data !== undefined && (
          <Told told={data} askedMs={query.dataUpdatedAt} failure={error === null ? "" : asProblem(error).code} onRetry={() => void query.refetch()} />
        )}
      </main>
    </div>
  );
}

function Summary({ told }: { readonly told: Operations }) {
  const t = useText();
  const { count, badCount, versions } = summaryOf(told);
  return (
    <p className="operations-summary">
      <strong>{badCount === 0 ? t("summaryFine", { count }) : t("summaryBad", { bad: badCount, count })}</strong>
      {versions.length > 0 && <span>{t("versions", { list: versions.join(", ") })}</span>}
    </p>
  );
}

interface ToldProps {
  readonly told: Operations;
  readonly askedMs: number;
  /** Why the last refresh failed; empty if it did not. */
  readonly failure: string;
  readonly onRetry: () => void;
}

function Told({ told, askedMs, failure, onRetry }: ToldProps) {
  const t = useText();
  const age = useAge();
  const now = useNow();
  const elapsed = Math.max(0, now - askedMs);
  const serverNow = (epochMs(told.serverTime) ?? now) + elapsed;
  return (
    <>
      {failure === "" ? <p className="muted operations-asked">{t("asked", { age: age(elapsed) })}</p> : (
        <p className="operations-stale" role="alert">
          {t("stale", { age: age(elapsed), code: failure })}
          <button type="button" className="button small" onClick={onRetry}>{t("retry")}</button>
        </p>
      )}
      {told.missing.map(({ part, message }) => <p key={part + message} className="operations-stale">{t("missing", { part, message })}</p>)}
      <ProcessTable processes={told.processes} now={serverNow} />
      <SiteTable sites={told.sites} now={serverNow} />
      <PlatformTable platforms={told.platforms} />
    </>
  );
}
