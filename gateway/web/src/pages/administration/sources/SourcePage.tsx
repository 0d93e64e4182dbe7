import { App, Button, Tabs } from "antd";
import { listMappings, retryEvents, type Source, type SourceMapping } from "../../../api/sources";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { idOf } from "../kit/names";
import { useAct } from "../kit/useAct";
import type { SectionProps } from "../sections";
import { useText } from "../text";
import { EventsTab } from "./EventsTab";
import { MappingTab } from "./MappingTab";
import { UnknownsTab } from "./UnknownsTab";
import { limitsReplay, schemeOf, versionOf } from "./sourceModel";

interface SourcePageProps extends SectionProps {
  readonly source: Source;
  readonly onClose: () => void;
}

/** One source: what its events mean, what came, and what nothing knows yet. */
export function SourcePage({ source, may, onClose }: SourcePageProps) {
  const t = useText();
  const retry = useRetry(source);
  const mappings = useLoaded<SourceMapping[]>(["mappings", source.name], (signal) => listMappings(source, signal));
  const mayWrite = may("gateway.sources.write");
  return (
    <Section
      title={source.displayName} lead={t("sources.pushes", { site: idOf(source.site) })} loaded={mappings}
      actions={
        <>
          <Button onClick={onClose}>{t("sources.all")}</Button>
          {mayWrite && <Button disabled={source.activeMapping === ""} onClick={retry}>{t("sources.retry")}</Button>}
        </>
      }
    >
      {(versions) => (
        <>
          <Facts source={source} />
          <Tabs
            items={[
              { key: "mapping", label: t("sources.mapping"), children: <MappingTab source={source} versions={versions} mayWrite={mayWrite} /> },
              { key: "unknowns", label: t("sources.unknowns"), children: <UnknownsTab source={source} /> },
              { key: "events", label: t("sources.events"), children: <EventsTab source={source} /> },
            ]}
          />
        </>
      )}
    </Section>
  );
}

function Facts({ source }: { readonly source: Source }) {
  const t = useText();
  const version = versionOf(source.activeMapping);
  const replay = schemeOf(source) === "SCHEME_HMAC_SHA256" ? ` · ${t(limitsReplay(source) ? "sources.replayWindow" : "sources.replayOpen")}` : "";
  return (
    <dl className="facts">
      <dt>{t("sources.address")}</dt>
      <dd><code>POST {window.location.origin}/v1/{source.name}/events</code></dd>
      <dt>{t("sources.proof")}</dt>
      <dd>{t(`sources.${schemeOf(source)}`)} <code>{source.signing?.header}</code>{replay}</dd>
      <dt>{t("sources.translatedBy")}</dt>
      <dd>{version === 0 ? t("sources.waitsForMapping") : `${t("presence.version")} ${version}`}</dd>
      <dt>{t("sources.waiting")}</dt>
      <dd>{source.pendingCount}</dd>
    </dl>
  );
}

function useRetry(source: Source): () => void {
  const t = useText();
  const act = useAct();
  const { notification } = App.useApp();
  return () => act({
    question: t("sources.retryQuestion"), consequence: t("sources.retryConsequence"), action: t("sources.retry"),
    run: async () => {
      const count = await retryEvents(source);
      notification.info({ title: t("sources.retried", { count }) });
    },
  });
}
