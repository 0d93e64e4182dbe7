import type { JsonValue } from "@bufbuild/protobuf";
import {
  AccountSchema, ApplyAccountsResponseSchema, ListAccountsResponseSchema, ListSessionsResponseSchema, OneTimeCodeSchema,
  type Account, type OneTimeCode, type OpenSession,
} from "../gen/muster/gateway/v1/account_service_pb";
import {
  ListPermissionsResponseSchema, ListRolesResponseSchema, type Permission, type Role,
} from "../gen/muster/gateway/v1/role_service_pb";
import {
  ListServiceAccountsResponseSchema, ListServiceAccountTokensResponseSchema, ServiceAccountTokenSchema,
  type ServiceAccount, type ServiceAccountToken,
} from "../gen/muster/gateway/v1/service_account_service_pb";
import { get, readJson, write } from "./http";
import { listAll } from "./paging";

export type { Account, OneTimeCode, OpenSession, Permission, Role, ServiceAccount, ServiceAccountToken };

/** The fields that an administrator sets of an account. */
export type AccountFields = Pick<
  Account, "displayName" | "roles" | "sites" | "teams" | "agent" | "reportingLine" | "languageCode"
>;
export type ProgramFields = Pick<ServiceAccount, "displayName" | "roles" | "sites" | "teams">;
export type RoleFields = Pick<Role, "displayName" | "permissions">;

export function listAccounts(search: string, signal: AbortSignal): Promise<Account[]> {
  const query = search === "" ? {} : { search };
  return listAll((page) => get(ListAccountsResponseSchema, "/v1/accounts", page, signal), ({ accounts }) => accounts, { ...query, includeDisabled: "true" });
}

/** Creates an account; the answer is the code with which its owner sets a password. */
export async function createAccount(id: string, fields: AccountFields): Promise<OneTimeCode | null> {
  const answer = await write("POST", "/v1/accounts:apply", { accounts: [{ name: `accounts/${id}`, ...fields }] });
  return readJson(ApplyAccountsResponseSchema, answer as JsonValue).codes[0] ?? null;
}

export async function updateAccount({ name, etag }: Account, fields: AccountFields): Promise<Account> {
  return readJson(AccountSchema, (await write("PATCH", `/v1/${name}?${maskOf(fields)}`, { ...fields, etag })) as JsonValue);
}

export function setDisabled({ name }: Account, isDisabled: boolean): Promise<unknown> {
  return write("POST", `/v1/${name}:${isDisabled ? "disable" : "enable"}`, {});
}

export async function createOneTimeCode({ name }: Account): Promise<OneTimeCode> {
  return readJson(OneTimeCodeSchema, (await write("POST", `/v1/${name}/oneTimeCodes`, {})) as JsonValue);
}

export async function listSessions({ name }: Account, signal: AbortSignal): Promise<OpenSession[]> {
  return (await get(ListSessionsResponseSchema, `/v1/${name}/sessions`, {}, signal)).sessions;
}

export function endSessions({ name }: Account): Promise<unknown> {
  return write("POST", `/v1/${name}/sessions:end`, {});
}

export async function listRoles(signal: AbortSignal): Promise<Role[]> {
  return (await get(ListRolesResponseSchema, "/v1/roles", {}, signal)).roles;
}

export async function listPermissions(signal: AbortSignal): Promise<Permission[]> {
  return (await get(ListPermissionsResponseSchema, "/v1/permissions", {}, signal)).permissions;
}

export function createRole(roleId: string, role: RoleFields): Promise<unknown> {
  return write("POST", "/v1/roles", { roleId, role });
}

export function updateRole({ name, etag }: Role, fields: RoleFields): Promise<unknown> {
  return write("PATCH", `/v1/${name}?${maskOf(fields)}`, { ...fields, etag });
}

/** Deletes a role or a service account. */
export function deleteNamed({ name }: { readonly name: string }): Promise<unknown> {
  return write("DELETE", `/v1/${name}`);
}

export function listServiceAccounts(signal: AbortSignal): Promise<ServiceAccount[]> {
  return listAll((page) => get(ListServiceAccountsResponseSchema, "/v1/serviceAccounts", page, signal), (page) => page.serviceAccounts);
}

export function createServiceAccount(serviceAccountId: string, serviceAccount: ProgramFields): Promise<unknown> {
  return write("POST", "/v1/serviceAccounts", { serviceAccountId, serviceAccount });
}

export function updateServiceAccount({ name, etag }: ServiceAccount, fields: ProgramFields): Promise<unknown> {
  return write("PATCH", `/v1/${name}?${maskOf(fields)}`, { ...fields, etag });
}

export async function listTokens({ name }: ServiceAccount, signal: AbortSignal): Promise<ServiceAccountToken[]> {
  return (await get(ListServiceAccountTokensResponseSchema, `/v1/${name}/tokens`, {}, signal)).tokens;
}

export async function createToken({ name }: ServiceAccount, displayName: string, expireTime: string): Promise<ServiceAccountToken> {
  return readJson(ServiceAccountTokenSchema, (await write("POST", `/v1/${name}/tokens`, { displayName, expireTime })) as JsonValue);
}

/** Names exactly the fields that are given, so that an emptied one is emptied. */
export function maskOf(fields: object): string {
  return new URLSearchParams({ updateMask: Object.keys(fields).join(",") }).toString();
}
