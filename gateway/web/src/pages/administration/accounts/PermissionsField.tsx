import { Checkbox, Form } from "antd";
import type { Permission } from "../../../api/people";
import { useText } from "../text";
import { groupPermissions, opened, type PermissionGroup } from "./permissions";

interface PermissionsFieldProps {
  readonly permissions: readonly Permission[];
  /** Nobody grants what they have not themselves. */
  readonly may: (permission: string) => boolean;
}

/** The permissions of a role as checkboxes, by the part of the product that they open. */
export function PermissionsField({ permissions, may }: PermissionsFieldProps) {
  const t = useText();
  return (
    <Form.Item name="permissions" label={t("roles.permissions")} extra={t("roles.permissionsHint")} rules={[{ required: true, message: t("roles.needsOne") }]}>
      <Checkbox.Group className="permissions">
        {groupPermissions(permissions).map((group) => <Group key={group.area} group={group} may={may} />)}
      </Checkbox.Group>
    </Form.Item>
  );
}

function Group({ group: { area, permissions }, may }: { readonly group: PermissionGroup; readonly may: (permission: string) => boolean }) {
  return (
    <fieldset>
      <legend>{area}</legend>
      {permissions.map((permission) => (
        <Checkbox key={permission.id} value={permission.id} disabled={!may(permission.id)}>
          {permission.id.slice(area.length + 1)} <span className="muted">{opened(permission).join(", ")}</span>
        </Checkbox>
      ))}
    </fieldset>
  );
}
