import { Form, Input, Select, Space, Switch } from "antd";
import type { ReactNode } from "react";
import { useText } from "../text";
import type { FieldPath } from "./violations";

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface FieldProps {
  readonly name: string | FieldPath;
  readonly label: string;
  /** What the field means, where its label does not say it all. */
  readonly hint?: ReactNode;
}

const ID = /^[a-z0-9-]{1,63}$/;

/** The id of something new: it stays, so it is asked for once. */
export function IdField({ name, label, hint }: FieldProps) {
  const t = useText();
  return (
    <Form.Item name={name} label={label} extra={hint ?? t("field.idHint")} rules={[{ required: true, pattern: ID, message: t("field.idForm") }]}>
      <Input autoComplete="off" spellCheck={false} maxLength={63} />
    </Form.Item>
  );
}

interface TextFieldProps extends FieldProps {
  readonly isOptional?: boolean;
  /** The form that the text has, where it has one; the hint shows it. */
  readonly pattern?: RegExp;
}

export function TextField({ name, label, hint, isOptional = false, pattern }: TextFieldProps) {
  const t = useText();
  const needed = isOptional ? [] : [{ required: true, whitespace: true, message: t("field.required") }];
  const rules = pattern === undefined ? needed : [...needed, { pattern, message: t("field.form") }];
  return (
    <Form.Item name={name} label={label} extra={hint} rules={rules}>
      <Input autoComplete="off" maxLength={500} />
    </Form.Item>
  );
}

interface ChoiceProps extends FieldProps {
  readonly options: readonly Option[];
  readonly isLoading?: boolean;
}

/** One of several; none, if it may stay open. */
export function ChoiceField({ name, label, hint, options, isLoading = false, isOptional = false }: ChoiceProps & { readonly isOptional?: boolean }) {
  const t = useText();
  const rules = isOptional ? [] : [{ required: true, message: t("field.required") }];
  return (
    <Form.Item name={name} label={label} extra={hint} rules={rules}>
      <Select showSearch={{ optionFilterProp: "label" }} allowClear={isOptional} options={[...options]} loading={isLoading} />
    </Form.Item>
  );
}

export function ChoicesField({ name, label, hint, options, isLoading = false }: ChoiceProps) {
  return (
    <Form.Item name={name} label={label} extra={hint}>
      <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} allowClear options={[...options]} loading={isLoading} />
    </Form.Item>
  );
}

export function SwitchField({ name, label, hint }: FieldProps) {
  return (
    <Form.Item name={name} label={label} extra={hint} valuePropName="checked">
      <Switch />
    </Form.Item>
  );
}

/** Names that people read, in each language of the app; one of them is needed. */
export function NamesField({ name, label, hint, listName }: FieldProps & { readonly listName?: string }) {
  const t = useText();
  const path = typeof name === "string" ? [name] : name;
  // Within a list, fields are named from its row, and values are read from the form.
  const whole = listName === undefined ? path : [listName, ...path];
  const needsOne = ({ getFieldValue }: { getFieldValue: (path: FieldPath) => unknown }) => ({
    validator: async () => {
      const names = (getFieldValue(whole) ?? {}) as Record<string, string | undefined>;
      if (!Object.values(names).some((text) => text?.trim())) throw new Error(t("field.oneName"));
    },
  });
  return (
    <Form.Item label={label} extra={hint} className="names">
      <Space wrap>
        <Form.Item name={[...path, "zh"]} label="中文" rules={[needsOne]}><Input maxLength={60} /></Form.Item>
        <Form.Item name={[...path, "en"]} label="English"><Input maxLength={60} /></Form.Item>
      </Space>
    </Form.Item>
  );
}
