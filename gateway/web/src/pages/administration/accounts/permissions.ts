import type { Permission } from "../../../api/people";

export interface PermissionGroup {
  /** The part of the product that the permissions open, such as `board`. */
  readonly area: string;
  readonly permissions: readonly Permission[];
}

/** Puts permissions together by what they open, each group and the groups by name. */
export function groupPermissions(permissions: readonly Permission[]): PermissionGroup[] {
  const areas = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const area = permission.id.split(".", 1)[0] ?? "";
    areas.set(area, [...(areas.get(area) ?? []), permission]);
  }
  return [...areas].sort(([one], [other]) => (one < other ? -1 : 1)).map(([area, inArea]) => ({ area, permissions: inArea }));
}

/** The last parts of methods and fields that a permission opens, such as `GetHeatmap`. */
export function opened({ methods, readFields, writeFields }: Permission): string[] {
  return [...methods.map((method) => method.slice(method.indexOf("/") + 1)), ...[...readFields, ...writeFields].map(shortField)];
}

function shortField(field: string): string {
  return field.split(".").slice(-2).join(".");
}
