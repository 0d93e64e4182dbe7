import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from "react";
import { usePlay } from "../../api/floor";
import { asProblem } from "../../api/problem";
import { epochMs } from "../../board/model";
import { useNow } from "../../board/useNow";
import {
  Floor_Incident_Kind as Kind, type Floor, type Floor_Incident as Incident,
} from "../../gen/muster/floor/v1/floor_service_pb";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";
import { busiestOf, findIncident, formatLeft, leftMs, siteOfBoard } from "./model";
import { useSubject, useText } from "./text";

const SURGE = { factor: 4, duration: "600s" } as const;
const OUTAGE = { duration: "180s" } as const;

interface FloorPanelProps {
  readonly floor: Floor;
  readonly onClose: () => void;
}

/** Three things that can be made to happen at a site, and what goes on. */
export function FloorPanel({ floor, onClose }: FloorPanelProps) {
  const t = useText();
  const subjectOf = useSubject();
  const now = useFloorNow(floor);
  const play = usePlay();
  const [chosen, setChosen] = useState("");
  const [queue, setQueue] = useState("");
  const [source, setSource] = useState("");
  const site = floor.sites.find((one) => one.site === chosen) ?? siteOfBoard(floor.sites, window.location.search) ?? busiestOf(floor.sites);
  if (site === undefined) return null;

  const queueNow = site.queues.includes(queue) ? queue : (site.queues[0] ?? "");
  const sourceNow = site.sources.includes(source) ? source : (site.sources[0] ?? "");
  const going = (kind: Kind, subject = "") => findIncident(floor.incidents, kind, site.site, subject);
  const named = (subjects: readonly string[]) => subjects.map((one) => [one, subjectOf(one)] as const);
  return (
    <div className="floor-panel">
      <Heading onClose={onClose} />
      <p className="muted">{t("lead")}</p>
      <div className="floor-site">
        <Select label={t("site")} value={site.site} options={floor.sites.map((one) => [one.site, one.displayName])} onChoose={setChosen} />
        <span className="muted">{t("signedIn", { count: site.signedInCount, all: site.agentCount })}</span>
      </div>
      <PlayRow
        title={t("surge")} hint={t("surgeHint")} incident={going(Kind.SURGE, queueNow)} now={now}
        onStart={() => play.mutate({ verb: "startSurge", queue: queueNow, ...SURGE })}
      >
        <Select label={t("queue")} value={queueNow} options={named(site.queues)} onChoose={setQueue} />
      </PlayRow>
      <PlayRow
        title={t("outage")} hint={t("outageHint")} incident={going(Kind.OUTAGE, sourceNow)} now={now}
        onStart={() => play.mutate({ verb: "startOutage", source: sourceNow, ...OUTAGE })}
      >
        <Select label={t("source")} value={sourceNow} options={named(site.sources)} onChoose={setSource} />
      </PlayRow>
      <PlayRow
        title={t("signIn")} hint={t("signInHint")} incident={going(Kind.SIGN_IN)} now={now}
        onStart={() => play.mutate({ verb: "startSignIn", site: site.site })}
      />
      {play.error !== null && <p className="floor-refused" role="alert">{t("refused", { code: asProblem(play.error).code })}</p>}
      <GoingOn floor={floor} now={now} />
    </div>
  );
}

function Heading({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <header>
      <h2 ref={heading} tabIndex={-1}>{t("title")}</h2>
      <button type="button" className="icon-button" aria-label={t("close")} onClick={onClose}><Icon name="close" /></button>
    </header>
  );
}

interface PlayRowProps {
  readonly title: string;
  readonly hint: string;
  /** What goes on of it already. */
  readonly incident: Incident | null;
  readonly now: number;
  readonly onStart: () => void;
  readonly children?: ReactNode;
}

function PlayRow({ title, hint, incident, now, onStart, children }: PlayRowProps) {
  const t = useText();
  const id = useId();
  const left = incident === null ? 0 : leftMs(incident, now);
  return (
    <section className="floor-row" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p className="muted">{hint}</p>
      <div className="floor-start">
        {children}
        {left > 0 ? <span className="floor-left">{t("left", { time: formatLeft(left) })}</span> : (
          <button type="button" className="button" aria-label={t("startOf", { what: title })} onClick={onStart}>{t("start")}</button>
        )}
      </div>
    </section>
  );
}

function GoingOn({ floor, now }: { readonly floor: Floor; readonly now: number }) {
  const t = useText();
  const wordsOf = useIncidentWords(floor);
  const incidents = floor.incidents.filter((one) => leftMs(one, now) > 0);
  if (incidents.length === 0) return null;
  return (
    <section aria-label={t("now")} className="floor-now">
      <h3>{t("now")}</h3>
      <ul>
        {incidents.map((one) => (
          <li key={`${one.kind} ${one.site} ${one.subject}`}>
            <span>{wordsOf(one)}</span>
            <span className="muted">{formatLeft(leftMs(one, now))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useIncidentWords(floor: Floor): (incident: Incident) => string {
  const t = useText();
  const subjectOf = useSubject();
  return ({ kind, site: name, subject: of, factor }) => {
    const site = floor.sites.find((one) => one.site === name)?.displayName ?? name;
    const subject = subjectOf(of);
    if (kind === Kind.SURGE) return t("surgeOf", { site, subject, factor });
    return kind === Kind.OUTAGE ? t("outageOf", { site, subject }) : t("signInOf", { site });
  };
}

/** The floor's clock: how far this computer's is off is not seen. */
function useFloorNow({ serverTime }: Floor): number {
  const now = useNow();
  const aheadMs = useMemo(() => (epochMs(serverTime) ?? Date.now()) - Date.now(), [serverTime]);
  return now + aheadMs;
}
