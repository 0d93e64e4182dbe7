import { Button, Dropdown } from "antd";
import { useText } from "../text";

export interface RowAction {
  readonly label: string;
  readonly run: () => void;
}

interface RowActionsProps {
  /** What the row is about, for those who hear the page. */
  readonly of: string;
  readonly actions: readonly RowAction[];
}

/** What can be done with a row: the first at once, the others in a menu. */
export function RowActions({ of, actions: [first, ...others] }: RowActionsProps) {
  const t = useText();
  if (first === undefined) return null;
  const items = others.map(({ label, run }, key) => ({ key, label, onClick: run }));
  return (
    <span className="row-actions">
      <Button size="small" onClick={first.run} aria-label={`${first.label}: ${of}`}>{first.label}</Button>
      {items.length > 0 && (
        <Dropdown menu={{ items }} trigger={["click"]}>
          <Button size="small" aria-label={t("kit.more", { of })} aria-haspopup="menu">⋯</Button>
        </Dropdown>
      )}
    </span>
  );
}
