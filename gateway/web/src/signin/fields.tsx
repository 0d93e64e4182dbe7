import { useTranslation } from "react-i18next";

interface Field {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function AccountField({ value, onChange }: Field) {
  const { t } = useTranslation();
  return (
    <label>
      {t("signIn.account")}
      <input
        name="account" value={value} onChange={(event) => onChange(event.target.value)}
        autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus required maxLength={63}
      />
    </label>
  );
}

interface Password extends Field {
  readonly label: string;
  /** The shortest one that is taken; for a new password only. */
  readonly minLength?: number;
}

export function PasswordField({ label, value, onChange, minLength }: Password) {
  return (
    <label>
      {label}
      <input
        type="password" value={value} onChange={(event) => onChange(event.target.value)}
        autoComplete={minLength === undefined ? "current-password" : "new-password"}
        required minLength={minLength} maxLength={200}
      />
    </label>
  );
}

export function CodeField({ value, onChange }: Field) {
  const { t } = useTranslation();
  return (
    <label>
      {t("code.code")}
      <input
        name="code" value={value} onChange={(event) => onChange(event.target.value)}
        autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} required maxLength={40}
        placeholder="xxxx-xxxx-xxxx-xxxx"
      />
    </label>
  );
}
