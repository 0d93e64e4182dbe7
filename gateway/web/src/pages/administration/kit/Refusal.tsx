import { Alert, Button } from "antd";
import type { Problem, Violation } from "../../../api/problem";
import { useText } from "../text";
import { isChangedMeanwhile } from "./violations";

interface RefusalProps {
  readonly problem: Problem;
  /** What the problem says of no field that is shown. */
  readonly others?: readonly Violation[];
  readonly onReload: () => void;
}

/** Says why something was refused, what to do, and a code to quote. */
export function Refusal({ problem, others = [], onReload }: RefusalProps) {
  const t = useText();
  const isStale = isChangedMeanwhile(problem);
  const isOff = problem.status === 0 || problem.status >= 500;
  const permission = problem.status === 403 ? problem.metadata["permission"] : undefined;
  return (
    <Alert
      type="warning" role="alert" className="refusal"
      title={isStale ? t("refusal.changed") : permission === undefined ? t("refusal.title") : t("refusal.forbidden")}
      description={
        <>
          <p>{isStale ? t("refusal.changedLead") : permission === undefined ? problem.message : t("refusal.grant", { permission })}</p>
          {others.length > 0 && (
            <ul>{others.map(({ field, description }) => <li key={field + description}><code>{field}</code> {description}</li>)}</ul>
          )}
          {problem.code !== "" && <p className="muted">{t("refusal.code")} <code>{problem.code}</code></p>}
        </>
      }
      action={isStale || isOff ? <Button size="small" onClick={onReload}>{isStale ? t("refusal.reload") : t("refusal.retry")}</Button> : undefined}
    />
  );
}
