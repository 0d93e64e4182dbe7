import { Button, Form } from "antd";
import type { ReactNode } from "react";
import { useText } from "../text";
import type { FieldPath } from "./violations";

interface ListFieldProps {
  readonly name: string | FieldPath;
  readonly label: string;
  readonly addLabel: string;
  /** What a new row begins with. */
  readonly blank: object;
  /** Whether the order counts, so that rows can be moved. */
  readonly isOrdered?: boolean;
  readonly children: (row: number) => ReactNode;
}

/** Rows of a form that can be added, removed and, where the order counts, moved. */
export function ListField({ name, label, addLabel, blank, isOrdered = false, children }: ListFieldProps) {
  const t = useText();
  return (
    <Form.List name={name}>
      {(rows, { add, remove, move }) => (
        <fieldset className="list-field">
          <legend>{label}</legend>
          {rows.map(({ key, name: row }) => (
            <div key={key} className="list-row" role="group" aria-label={`${label} ${row + 1}`}>
              {isOrdered && <span className="rank">{row + 1}</span>}
              <div className="list-row-fields">{children(row)}</div>
              <div className="list-row-actions">
                {isOrdered && <Button size="small" disabled={row === 0} aria-label={t("kit.up", { row: row + 1 })} onClick={() => move(row, row - 1)}>↑</Button>}
                {isOrdered && <Button size="small" disabled={row === rows.length - 1} aria-label={t("kit.down", { row: row + 1 })} onClick={() => move(row, row + 1)}>↓</Button>}
                <Button size="small" onClick={() => remove(row)}>{t("kit.remove")}</Button>
              </div>
            </div>
          ))}
          <Button onClick={() => add(blank)}>{addLabel}</Button>
        </fieldset>
      )}
    </Form.List>
  );
}
