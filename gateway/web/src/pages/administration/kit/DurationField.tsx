import { Form, InputNumber } from "antd";
import { useText } from "../text";
import type { FieldPath } from "./violations";

interface DurationFieldProps {
  readonly name: string | FieldPath;
  readonly label: string;
  readonly hint?: string;
}

/** A span of time, typed in seconds and kept as the wire writes it; none where it is empty. */
export function DurationField({ name, label, hint }: DurationFieldProps) {
  const t = useText();
  return (
    <Form.Item
      name={name} label={label} extra={hint} getValueProps={(span: string | undefined) => ({ value: secondsOf(span) })}
      normalize={(seconds: number | null) => spanOf(seconds)}
    >
      <InputNumber min={0} suffix={t("field.seconds")} />
    </Form.Item>
  );
}

/** The seconds of `90s`; none of nothing. */
export function secondsOf(span: string | undefined): number | null {
  return span === undefined || span === "" ? null : Number(span.slice(0, -1));
}

/** Writes seconds as `90s`. */
export function spanOf(seconds: number | null): string | undefined {
  return seconds === null ? undefined : `${seconds}s`;
}
