import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { sayPurpose } from "../api/purpose";
import { Select } from "../ui/Select";

interface PurposeFormProps {
  readonly person: string;
  readonly name: string;
  readonly purposes: readonly string[];
  /** The purpose was said: what was refused for lack of it can be asked again. */
  readonly onSaid: () => void;
}

const KNOWN = ["coaching", "dispute", "incident", "quality", "payroll", "other"] as const;
const LONGEST_NOTE = 200;

/** Asks once why somebody looks at a person's data. */
export function PurposeForm({ person, name, purposes, onSaid }: PurposeFormProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState(purposes[0] ?? "other");
  const [note, setNote] = useState("");
  const isNoteNeeded = code === "other";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sayPurpose(person, { code, note });
    onSaid();
  };
  const nameOf = (purpose: string) => {
    const known = KNOWN.find((other) => other === purpose);
    return known === undefined ? purpose : t(`purpose.${known}`);
  };
  return (
    <form className="purpose" onSubmit={submit} aria-labelledby="purpose-title">
      <h3 id="purpose-title">{t("purpose.title")}</h3>
      <p>{t("purpose.lead", { name })}</p>
      <Select
        label={t("purpose.purpose")} value={code} onChoose={setCode}
        options={purposes.map((purpose) => [purpose, nameOf(purpose)])}
      />
      <label className="labelled">
        <span className="segments-label">{t(isNoteNeeded ? "purpose.noteNeeded" : "purpose.note")}</span>
        <input
          type="text" value={note} maxLength={LONGEST_NOTE} required={isNoteNeeded} autoComplete="off"
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary">{t("purpose.go")}</button>
    </form>
  );
}
