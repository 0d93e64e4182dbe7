import { useMutation } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { openRecording } from "../api/contacts";
import { asProblem } from "../api/problem";

const LONGEST_PURPOSE = 200;

/** Opens a recording once it is said what for: that somebody did is on record, and the button says so. */
export function RecordingButton({ recording }: { readonly recording: string }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [purpose, setPurpose] = useState("");
  const hint = useId();
  const opening = useMutation({ mutationFn: () => openRecording(recording, purpose.trim()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    opening.mutate();
  };
  if (opening.data !== undefined) return <Reference reference={opening.data.recordingReference} />;
  if (!isAsking) {
    return <button type="button" className="link" onClick={() => setAsking(true)}>{t("recording.open")}</button>;
  }
  return (
    <form className="recording" onSubmit={submit}>
      <p id={hint} className="muted">{t("recording.audited")}</p>
      <label className="labelled">
        <span className="segments-label">{t("recording.purpose")}</span>
        <input
          type="text" value={purpose} required maxLength={LONGEST_PURPOSE} autoComplete="off" autoFocus aria-describedby={hint}
          onChange={(event) => setPurpose(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={opening.isPending}>{t("recording.open")}</button>
      {opening.isError && <Refused error={opening.error} />}
    </form>
  );
}

/** Where the recording is kept: an address is followed, a path or id is read. */
function Reference({ reference }: { readonly reference: string }) {
  const { t } = useTranslation();
  if (!/^https?:\/\//.test(reference)) return <p>{t("recording.kept")} <code>{reference}</code></p>;
  return <p><a className="link" href={reference} target="_blank" rel="noreferrer">{t("recording.play")}</a></p>;
}

function Refused({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const { reason } = asProblem(error);
  return <p role="alert">{reason === "NO_CONSENT" ? t("recording.noConsent") : t("recording.failed", { reason })}</p>;
}
