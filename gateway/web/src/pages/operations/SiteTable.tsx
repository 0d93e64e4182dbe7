import { epochMs } from "../../board/model";
import { useAge } from "../../board/useAge";
import type {
  Operations_Chain as Chain, Operations_Site as Site, Operations_Source as Source,
} from "../../gen/muster/gateway/v1/operations_service_pb";
import { Source_State as SourceState } from "../../gen/muster/presence/v1/source_service_pb";
import { formatSpan, secondsOf } from "./model";
import { StateMark } from "./StateMark";
import { useText } from "./text";

interface SiteTableProps {
  readonly sites: readonly Site[];
  readonly now: number;
}

export function SiteTable({ sites, now }: SiteTableProps) {
  const t = useText();
  const age = useAge();
  return (
    <section aria-labelledby="operations-sites">
      <h2 id="operations-sites">{t("sites")}</h2>
      {sites.length === 0 ? <p className="muted">{t("noSites")}</p> : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("site")}</th><th scope="col">{t("lastEvent")}</th><th scope="col">{t("sources")}</th>
              <th scope="col">{t("chain")}</th>
            </tr>
          </thead>
          <tbody>
            {sites.map((one) => {
              const last = epochMs(one.lastOccurredTime);
              return (
                <tr key={one.site}>
                  <th scope="row">{one.displayName}<small>{one.site}</small></th>
                  <td data-label={t("lastEvent")}>{last === null || last === undefined ? t("never") : t("proof", { age: age(now - last) })}</td>
                  <td data-label={t("sources")}>
                    {one.sources.length === 0 ? <span className="muted">{t("noSource")}</span> : (
                      <ul>{one.sources.map((source) => <SourceItem key={source.source} source={source} now={now} />)}</ul>
                    )}
                  </td>
                  <td data-label={t("chain")}>{one.chain === undefined ? t("none") : <ChainItem chain={one.chain} now={now} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

const WORDS = {
  [SourceState.UNSPECIFIED]: "unleased",
  [SourceState.UNLEASED]: "unleased",
  [SourceState.LIVE]: "live",
  [SourceState.SILENT]: "silentSource",
  [SourceState.LOST]: "lost",
} as const;
/** A clock that is further off is told: within it, nobody notices. */
const NOTED_SKEW_SECONDS = 1;

function SourceItem({ source, now }: { readonly source: Source; readonly now: number }) {
  const t = useText();
  const age = useAge();
  const word = WORDS[source.state] ?? "unleased";
  const proof = epochMs(source.lastProofTime);
  const skew = source.skew === undefined ? 0 : secondsOf(source.skew);
  return (
    <li>
      <code>{source.source}</code> <StateMark word={t(word)} isFine={word === "live" || word === "unleased"} />
      {proof !== null && proof !== undefined && <span className="muted"> {t("proof", { age: age(now - proof) })}</span>}
      {source.lostCount > 0 && source.clientCount > 1 && <span> {t("clients", { lost: source.lostCount, count: source.clientCount })}</span>}
      {Math.abs(skew) >= NOTED_SKEW_SECONDS && (
        <span> {t(skew > 0 ? "skewAhead" : "skewBehind", { span: formatSpan(Math.abs(skew)) })}</span>
      )}
    </li>
  );
}

function ChainItem({ chain, now }: { readonly chain: Chain; readonly now: number }) {
  const t = useText();
  const age = useAge();
  const signed = epochMs(chain.checkpointTime);
  return (
    <>
      {signed === null || signed === undefined ? t("unsignedNever") : t("signed", { age: age(now - signed) })}
      <small>{t("unsigned", { count: Number(chain.unsignedCount) })}</small>
    </>
  );
}
