import { Button, Drawer, Form, type FormInstance } from "antd";
import { useState, type ReactNode } from "react";
import { asProblem, type Problem, type Violation } from "../../../api/problem";
import { useText } from "../text";
import { useReload } from "./data";
import { Refusal } from "./Refusal";
import { placeViolations, type FieldPath } from "./violations";

interface EditDrawerProps<Values> {
  readonly title: string;
  readonly initial: Values;
  /** Makes the change; what it refuses is shown at the fields that it names. */
  readonly onSave: (values: Values) => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode | ((form: FormInstance<Values>) => ReactNode);
  /** What the button says, where that is not that it saves. */
  readonly action?: string;
}

interface Refused {
  readonly problem: Problem;
  readonly others: readonly Violation[];
}

/** A form beside the list. It closes when the change is made, and keeps what was typed when it is refused. */
export function EditDrawer<Values extends object>({ title, initial, onSave, onClose, children, action }: EditDrawerProps<Values>) {
  const t = useText();
  const reload = useReload();
  const [form] = Form.useForm<Values>();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isSaving, setSaving] = useState(false);

  const save = async () => {
    setSaving(true);
    setRefused(null);
    try {
      // What a form does not show yet, such as a folded part, keeps its value.
      await onSave({ ...initial, ...form.getFieldsValue(true) });
      await reload();
      onClose();
    } catch (error) {
      setRefused(tell(form, asProblem(error)));
    } finally {
      setSaving(false);
    }
  };
  const loadAgain = () => void reload().then(onClose);

  return (
    <Drawer
      open title={title} size="min(560px, 100vw)" onClose={onClose} maskClosable={false} closable={{ "aria-label": t("kit.close") }}
      footer={
        <div className="drawer-actions">
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
          <Button type="primary" loading={isSaving} onClick={form.submit}>{action ?? t("kit.save")}</Button>
        </div>
      }
    >
      {refused !== null && <Refusal {...refused} onReload={loadAgain} />}
      <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={() => void save()} requiredMark={false} scrollToFirstError>
        {typeof children === "function" ? children(form) : children}
        {/* Enter in a field saves, as in every form. */}
        <button type="submit" hidden />
      </Form>
    </Drawer>
  );
}

function tell<Values>(form: FormInstance<Values>, problem: Problem): Refused {
  const known = form.getFieldsError().map(({ name }) => name as FieldPath);
  const { fields, others } = placeViolations(problem.violations, known);
  form.setFields(fields.map(({ name, errors }) => ({ name, errors })) as Parameters<typeof form.setFields>[0]);
  const [first] = fields;
  if (first !== undefined) form.scrollToField(first.name as Parameters<typeof form.scrollToField>[0], { focus: true });
  return { problem, others };
}
