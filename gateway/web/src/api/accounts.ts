import type { JsonValue } from "@bufbuild/protobuf";
import {
  AccountSchema, ListSignInProvidersResponseSchema, SessionSchema, type Account, type SignInProvider,
} from "../gen/muster/gateway/v1/account_service_pb";
import { get, readJson, write } from "./http";

export type { Account };

export function getMyAccount(signal?: AbortSignal): Promise<Account> {
  return get(AccountSchema, "/v1/accounts/me", {}, signal);
}

/** Lists the other places by which one may sign in; anybody may ask. */
export async function listSignInProviders(signal?: AbortSignal): Promise<SignInProvider[]> {
  return (await get(ListSignInProvidersResponseSchema, "/v1/signInProviders", {}, signal)).providers;
}

/** Signs in; the session travels as a cookie that no script can read. */
export async function signIn(account: string, password: string): Promise<Account> {
  const answer = await write("POST", "/v1/sessions", { account, password }, { "x-muster-session": "cookie" });
  const session = readJson(SessionSchema, answer as JsonValue);
  return session.account ?? getMyAccount();
}

/** Sets a new password by a one-time code, which is spent by that. */
export async function redeemCode(account: string, code: string, newPassword: string): Promise<void> {
  await write("POST", "/v1/oneTimeCodes:redeem", { account, code, newPassword });
}

export async function signOut(): Promise<void> {
  await write("DELETE", "/v1/sessions/current");
}
