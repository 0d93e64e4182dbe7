import { Button, Input, Upload } from "antd";
import { useState } from "react";
import type { Source } from "../../../api/sources";
import { asProblem, type Problem } from "../../../api/problem";
import { Refusal } from "../kit/Refusal";
import { useText } from "../text";
import { newestSamples } from "./useTrial";

interface SamplesProps {
  readonly source: Source;
  readonly samples: string;
  readonly onChange: (samples: string) => void;
}

/** The events on which a mapping is tried: those that came, a file, or what somebody pastes. */
export function Samples({ source, samples, onChange }: SamplesProps) {
  const t = useText();
  const [isNone, setNone] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = async () => {
    setProblem(null);
    try {
      const newest = await newestSamples(source);
      setNone(newest === "");
      if (newest !== "") onChange(newest);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const read = (file: File) => {
    void file.text().then(onChange);
    // The file stays on this machine: it is tried with the mapping, and kept nowhere.
    return false;
  };
  return (
    <div className="samples">
      <div className="mapping-bar">
        <h3>{t("sources.samples")}</h3>
        <Button onClick={() => void take()}>{t("sources.takeNewest")}</Button>
        <Upload accept=".json,.ndjson,.jsonl,.txt" showUploadList={false} beforeUpload={read}><Button>{t("sources.takeFile")}</Button></Upload>
      </div>
      {problem !== null && <Refusal problem={problem} onReload={() => void take()} />}
      {isNone && <p className="muted" role="status">{t("sources.noNewest")}</p>}
      <Input.TextArea
        className="code" aria-label={t("sources.samples")} rows={8} spellCheck={false} value={samples} placeholder={t("sources.samplesHint")}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
