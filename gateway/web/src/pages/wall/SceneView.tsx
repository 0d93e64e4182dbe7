import i18next from "i18next";
import { formatDuration } from "../../board/clock";
import { State } from "../../gen/muster/presence/v1/state_pb";
import { plannedAt, type WallFacts } from "./facts";
import { Figure } from "./Figure";
import type { Scene } from "./rotation";
import { StaffingChart } from "./StaffingChart";
import { Teams } from "./Teams";
import { useText } from "./text";

interface SceneProps {
  readonly facts: WallFacts;
  readonly now: number;
}

export function SceneView({ scene, facts, now }: SceneProps & { readonly scene: Scene }) {
  switch (scene.name) {
    case "queues":
      return <Queues facts={facts} now={now} />;
    case "ready":
      return <Ready facts={facts} now={now} />;
    case "breaks":
      return <Breaks facts={facts} now={now} />;
    case "staffing":
      return <Staffing facts={facts} now={now} />;
    case "teams":
      return facts.teams === null ? <NoPeople facts={facts} now={now} /> : <Teams strips={facts.teams} page={scene.page} />;
  }
}

function Queues({ facts, now }: SceneProps) {
  const t = useText();
  const { queues } = facts;
  if (queues === null) return <Unknown part="queues" sinceMs={facts.missing.get("dispatch") ?? null} now={now} />;
  const level = queues.serviceLevel === null ? "–" : percent(queues.serviceLevel);
  return (
    <dl className="wall-figures">
      <Figure label={t("waiting")} value={String(queues.waiting)} />
      <Figure label={t("oldest")} value={queues.oldestMs === null ? "–" : formatDuration(now - queues.oldestMs)} />
      <Figure label={t("level")} value={level} />
    </dl>
  );
}

function Ready({ facts, now }: SceneProps) {
  const t = useText();
  if (facts.floor === null || facts.floor === undefined) return <NoPeople facts={facts} now={now} />;
  const { readyCount, freeSoonCount, readyDisplayNames } = facts.floor;
  return (
    <>
      <dl className="wall-figures">
        <Figure label={t("ready")} value={String(readyCount)} mark="online" />
        <Figure label={t("soon")} value={String(freeSoonCount)} mark="wrapUp" />
      </dl>
      {readyDisplayNames.length > 0 && <p className="wall-names">{t("free", { names: readyDisplayNames.join(" · ") })}</p>}
    </>
  );
}

function Breaks({ facts, now }: SceneProps) {
  const t = useText();
  if (facts.floor === null || facts.floor === undefined) return <NoPeople facts={facts} now={now} />;
  const onBreak = facts.floor.counts.find(({ state }) => state === State.BREAK)?.agentCount ?? 0;
  return (
    <dl className="wall-figures">
      <Figure label={t("onBreak")} value={String(onBreak)} mark="break" />
      <Figure label={t("overLimit")} value={String(facts.floor.overLimitCount)} isAlarm={facts.floor.overLimitCount > 0} />
    </dl>
  );
}

function Staffing({ facts, now }: SceneProps) {
  const t = useText();
  if (facts.floor === null || facts.floor === undefined) return <NoPeople facts={facts} now={now} />;
  const planned = plannedAt(facts.whole, now);
  return (
    <>
      <dl className="wall-figures is-low">
        <Figure label={t("atWork")} value={String(facts.floor.staffedCount)} mark="online" />
        <Figure label={t("planned")} value={planned === null ? "–" : String(Math.round(planned))} mark="plan" />
      </dl>
      {facts.whole !== null && <StaffingChart strips={facts.whole} zone={facts.zone} />}
    </>
  );
}

/** Says why there is nothing about people: presence is away, or there are too few to be told. */
function NoPeople({ facts, now }: SceneProps) {
  const t = useText();
  if (!facts.missing.has("presence")) return <p className="wall-note">{t("small")}</p>;
  return <Unknown part="floor" sinceMs={facts.missing.get("presence") ?? null} now={now} />;
}

interface UnknownProps {
  readonly part: "floor" | "queues";
  readonly sinceMs: number | null;
  readonly now: number;
}

function Unknown({ part, sinceMs, now }: UnknownProps) {
  const t = useText();
  return (
    <div className="wall-note" role="status">
      <p>{t("unknown", { part: t(`part.${part}`) })}</p>
      {sinceMs !== null && <p className="wall-age">{t("deadFor", { age: formatDuration(now - sinceMs) })}</p>}
    </div>
  );
}

function percent(ratio: number): string {
  return new Intl.NumberFormat(i18next.language, { style: "percent", maximumFractionDigits: 0 }).format(ratio);
}
