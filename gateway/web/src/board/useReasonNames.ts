import { useQueries, type UseQueryOptions } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { getPresencePolicy } from "../api/policy";
import { BreakReason_ReasonClass as ReasonClass, type PresencePolicy } from "../gen/muster/presence/v1/policy_service_pb";
import type { BreakLimits } from "./breaks";
import type { Board, Reason } from "./model";
import { NO_AWAY_REASONS, type AwayReasons } from "./paints";

const MINUTES = 60_000;

/** What people of a site call the reasons of breaks, in the reader's language; the code itself where there is no name. */
export function useReasonNames(site: string): (code: string) => string {
  const { i18n } = useTranslation();
  const policy = usePolicy(site);
  return (code) => reasonName(policy, code, i18n.language);
}

/** The same for the people of several sites. */
export function useReasonNamesOf(sites: readonly string[]): (code: string, site: string) => string {
  const { i18n } = useTranslation();
  const policies = usePolicies(sites);
  return (code, site) => reasonName(policies[sites.indexOf(site)], code, i18n.language);
}

/** Which of the board's reasons stand for work away from contacts: breaks that are no rest. */
export function useAwayReasons(board: Board | null): AwayReasons {
  const sites = board?.sites ?? NO_SITES;
  const policies = usePolicies(sites);
  const reasonCount = board?.reasons.length ?? 0;
  return useMemo(() => {
    const isAway = ({ site, code }: Reason) => policies[sites.indexOf(site)]?.breakReasons.some(
      (reason) => reason.code === code && reason.reasonClass === ReasonClass.WORK_AWAY,
    );
    const indexes = (board?.reasons ?? []).flatMap((reason, index) => (isAway(reason) ? [index] : []));
    return indexes.length === 0 ? NO_AWAY_REASONS : new Set(indexes);
    // A change may bring a reason that the board did not know before.
  }, [policies, board, reasonCount]);
}

/** How long a break may last, by the board's reasons; null until the policies of all its sites are known. */
export function useBreakLimits(board: Board | null): BreakLimits {
  const policies = usePolicies(board?.sites ?? NO_SITES);
  const reasonCount = board?.reasons.length ?? 0;
  return useMemo(() => {
    if (board === null || policies.some((policy) => policy === undefined)) return null;
    return new Map(board.reasons.flatMap(({ site, code }, index) => {
      const longest = policies[board.sites.indexOf(site)]?.breakReasons.find((reason) => reason.code === code)?.longest;
      return longest === undefined ? [] : [[index, durationMs(longest)] as const];
    }));
    // A change may bring a reason that the board did not know before.
  }, [policies, board, reasonCount]);
}

const NO_SITES: readonly string[] = [];

/** What each site's presence goes by, in the order of the sites; undefined until it is known. */
function usePolicies(sites: readonly string[]): ReadonlyArray<PresencePolicy | undefined> {
  return useQueries({ queries: sites.map(policyQuery), combine: dataOf });
}

export function usePolicy(site: string | null): PresencePolicy | undefined {
  return usePolicies(site === null ? NO_SITES : [site])[0];
}

function policyQuery(site: string): UseQueryOptions<PresencePolicy> {
  return {
    queryKey: ["policy", site],
    queryFn: ({ signal }) => getPresencePolicy(site, signal),
    staleTime: 10 * MINUTES,
    // Who may not read the policy reads codes.
    retry: false,
  };
}

/** One function for all, so that the list stays the same one while nothing in it changes. */
function dataOf(results: ReadonlyArray<{ readonly data: PresencePolicy | undefined }>): ReadonlyArray<PresencePolicy | undefined> {
  return results.map(({ data }) => data);
}

export function reasonName(policy: PresencePolicy | undefined, code: string, language: string): string {
  const names = policy?.breakReasons.find((reason) => reason.code === code)?.displayNames ?? {};
  return nameIn(names, language) ?? code;
}

/** The name in a language, or the nearest one to it that there is; undefined if there is none at all. */
export function nameIn(names: Readonly<Record<string, string>>, language: string): string | undefined {
  const base = language.split("-")[0] as string;
  const related = Object.keys(names).find((tag) => tag.startsWith(`${base}-`));
  return names[language] ?? names[base] ?? names[related ?? ""] ?? names["en"] ?? Object.values(names)[0];
}
