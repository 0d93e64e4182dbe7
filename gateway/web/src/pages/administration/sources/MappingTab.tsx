import { App, Button, Select } from "antd";
import { useState } from "react";
import type { Source, SourceMapping } from "../../../api/sources";
import { Refusal } from "../kit/Refusal";
import { useInstants } from "../kit/useInstants";
import { useText } from "../text";
import { MappingEditor } from "./MappingEditor";
import { Samples } from "./Samples";
import { Tried } from "./Tried";
import { placeFaults } from "./places";
import { versionOf } from "./sourceModel";
import { useTrial } from "./useTrial";

interface MappingTabProps {
  readonly source: Source;
  /** The newest first. */
  readonly versions: readonly SourceMapping[];
  readonly mayWrite: boolean;
}

/** The mapping of a source: a draft that is tried on events before anything is translated by it. */
export function MappingTab({ source, versions, mayWrite }: MappingTabProps) {
  const t = useText();
  const active = versions.find(({ name }) => name === source.activeMapping) ?? versions[0];
  const [text, setText] = useState(active?.text ?? "");
  const [samples, setSamples] = useState("");
  const trial = useTrial(source);
  const publish = usePublish(source, () => trial.publish(text));
  const ofText = (trial.problem?.violations ?? []).filter(({ field }) => /^text(\.|$)/.test(field));
  const change = (draft: string) => {
    setText(draft);
    trial.forget();
  };
  const changeSamples = (events: string) => {
    setSamples(events);
    trial.forget();
  };
  const isActive = text === versions.find(({ name }) => name === source.activeMapping)?.text;
  return (
    <div className="mapping">
      <section aria-label={t("sources.draft")}>
        <div className="mapping-bar">
          <Versions versions={versions} source={source} text={text} onChoose={change} />
          {mayWrite && <Button disabled={text.trim() === "" || isActive || trial.isBusy} onClick={publish}>{t("sources.publish")}</Button>}
        </div>
        <MappingEditor text={text} faults={placeFaults(text, ofText)} onChange={change} />
      </section>
      <section aria-label={t("sources.trial")}>
        <Samples source={source} samples={samples} onChange={changeSamples} />
        <Button type="primary" disabled={samples.trim() === "" || text.trim() === ""} loading={trial.isBusy} onClick={() => void trial.run(text, samples)}>
          {t("sources.try")}
        </Button>
        {trial.problem !== null && ofText.length === 0 && (
          <Refusal problem={trial.problem} others={trial.problem.violations} onReload={() => void trial.run(text, samples)} />
        )}
      </section>
      {trial.tried !== null && <Tried tried={trial.tried} />}
    </div>
  );
}

interface VersionsProps extends Pick<MappingTabProps, "source" | "versions"> {
  readonly text: string;
  readonly onChoose: (text: string) => void;
}

function Versions({ source, versions, text, onChoose }: VersionsProps) {
  const t = useText();
  const instant = useInstants();
  const options = versions.map(({ name, author, createTime }) => ({
    value: name,
    label: `${t("presence.version")} ${versionOf(name)}${name === source.activeMapping ? ` · ${t("sources.active")}` : ""} · ${instant(createTime)} · ${author}`,
  }));
  const shown = versions.find((version) => version.text === text)?.name ?? null;
  if (versions.length === 0) return <p className="muted">{t("sources.firstVersion")}</p>;
  return (
    <Select
      className="mapping-versions" aria-label={t("presence.version")} value={shown} placeholder={t("sources.draft")} options={options}
      onChange={(name) => onChoose(versions.find((version) => version.name === name)?.text ?? "")}
    />
  );
}

/** Asks before events are translated by the draft. */
function usePublish(source: Source, run: () => Promise<void>): () => void {
  const t = useText();
  const { modal } = App.useApp();
  return () => void modal.confirm({
    title: t("sources.publishQuestion", { name: source.displayName }), content: t("sources.publishConsequence"),
    okText: t("sources.publish"), cancelText: t("kit.cancel"), autoFocusButton: "cancel", onOk: run,
  });
}
