import { epochMs } from "../../board/model";
import { useAge } from "../../board/useAge";
import type { Operations_Figure as Figure, Operations_Process as Process } from "../../gen/muster/gateway/v1/operations_service_pb";
import { formatSpan, isTime, secondsOf, shownFigures, stateWord } from "./model";
import { StateMark } from "./StateMark";
import { isKnownMetric, useText } from "./text";

interface ProcessTableProps {
  readonly processes: readonly Process[];
  readonly now: number;
}

export function ProcessTable({ processes, now }: ProcessTableProps) {
  const t = useText();
  const age = useAge();
  return (
    <section aria-labelledby="operations-processes">
      <h2 id="operations-processes">{t("processes")}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("process")}</th><th scope="col">{t("state")}</th><th scope="col">{t("version")}</th>
            <th scope="col">{t("up")}</th><th scope="col">{t("figures")}</th>
          </tr>
        </thead>
        <tbody>
          {processes.map((one) => {
            const started = epochMs(one.startTime);
            const word = stateWord(one.state);
            return (
              <tr key={`${one.process} ${one.replica}`}>
                <th scope="row">{one.process}{one.replica !== one.process && <small title={t("replica")}>{one.replica}</small>}</th>
                <td data-label={t("state")}><StateMark word={t(word)} isFine={word === "ready"} /><Problems process={one} /></td>
                <td data-label={t("version")}>{one.version}</td>
                <td data-label={t("up")}>{started === null || started === undefined ? "" : age(now - started)}</td>
                <td data-label={t("figures")}><Figures process={one} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Problems({ process }: { readonly process: Process }) {
  if (process.problems.length === 0) return null;
  return (
    <ul className="operations-problems">
      {process.problems.map(({ check, message, code }) => (
        <li key={check}><strong>{check}</strong> {message} {code !== "" && <code>{code}</code>}</li>
      ))}
    </ul>
  );
}

function Figures({ process }: { readonly process: Process }) {
  return <dl className="operations-figures">{shownFigures(process).map((one) => <FigureItem key={one.metric} figure={one} />)}</dl>;
}

function FigureItem({ figure }: { readonly figure: Figure }) {
  const t = useText();
  const { metric, value, medianSeconds = 0, p99Seconds = 0 } = figure;
  const name = isKnownMetric(metric) ? t(`metric.${metric}`) : metric;
  if (value !== undefined) {
    return <div title={metric}><dt>{name}</dt><dd>{isTime(figure) ? formatSpan(value) : value}</dd></div>;
  }
  const [median, p99] = [formatSpan(medianSeconds), formatSpan(p99Seconds)];
  const window = formatSpan(figure.window === undefined ? 0 : secondsOf(figure.window));
  const hint = t("latencyHint", { metric, median, p99, window, count: Number(figure.measuredCount) });
  return <div title={hint}><dt>{name}</dt><dd>{t("latency", { median, p99 })}</dd></div>;
}
