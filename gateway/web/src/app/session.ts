import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getMyAccount, redeemCode, signIn, signOut, type Account } from "../api/accounts";
import { asProblem, type Problem } from "../api/problem";

const KEY = ["account"] as const;

export type Session =
  | { readonly kind: "loading" }
  | { readonly kind: "signedOut"; readonly hasEnded: boolean }
  | { readonly kind: "failed"; readonly problem: Problem; readonly retry: () => void }
  | { readonly kind: "signedIn"; readonly account: Account };

/** Who is signed in. A session that ends while the page is open leads to the sign-in, and from there back. */
export function useSession(): Session {
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => getMyAccount(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null && asProblem(error).isSignedOut) return { kind: "signedOut", hasEnded: data !== undefined };
  if (data !== undefined) return { kind: "signedIn", account: data };
  if (error === null) return { kind: "loading" };
  return { kind: "failed", problem: asProblem(error), retry: () => void refetch() };
}

/** Asks again who is signed in: something was refused that should not have been. */
export function useSessionCheck(): () => void {
  const queries = useQueryClient();
  return () => void queries.refetchQueries({ queryKey: KEY });
}

export function useSignIn() {
  const onSuccess = useEntered();
  return useMutation({
    mutationFn: ({ account, password }: { account: string; password: string }) => signIn(account, password),
    onSuccess,
  });
}

/** Sets a password by a one-time code, and signs in with it. */
export function useRedeemCode() {
  const onSuccess = useEntered();
  return useMutation({
    mutationFn: async ({ account, code, password }: { account: string; code: string; password: string }) => {
      await redeemCode(account, code, password);
      return signIn(account, password);
    },
    onSuccess,
  });
}

/** What somebody who was signed in before may have seen does not stay. */
function useEntered(): (account: Account) => void {
  const queries = useQueryClient();
  return (account) => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
    queries.setQueryData(KEY, account);
  };
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      await queries.resetQueries({ queryKey: KEY });
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
    },
  });
}
