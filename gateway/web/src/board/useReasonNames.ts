import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getPresencePolicy } from "../api/policy";
import { BreakReason_ReasonClass as ReasonClass, type PresencePolicy } from "../gen/muster/presence/v1/policy_service_pb";
import type { Board } from "./model";
import { NO_AWAY_REASONS, type AwayReasons } from "./paints";

const MINUTES = 60_000;

/** What people call the reasons of breaks, in the reader's language; the code itself where the site has no name. */
export function useReasonNames(site: string): (code: string) => string {
  const { i18n } = useTranslation();
  const policy = usePolicy(site);
  return (code) => reasonName(policy, code, i18n.language);
}

/** Which of the board's reasons stand for work away from contacts: breaks that are no rest. */
export function useAwayReasons(board: Board | null): AwayReasons {
  const policy = usePolicy(board?.site ?? null);
  const reasonCount = board?.reasons.length ?? 0;
  return useMemo(() => {
    const away = (policy?.breakReasons ?? []).filter((reason) => reason.reasonClass === ReasonClass.WORK_AWAY);
    const indexes = away.map((reason) => board?.reasons.indexOf(reason.code) ?? -1).filter((index) => index >= 0);
    return indexes.length === 0 ? NO_AWAY_REASONS : new Set(indexes);
    // A change may bring a reason that the board did not know before.
  }, [policy, board, reasonCount]);
}

export function usePolicy(site: string | null): PresencePolicy | undefined {
  const policy = useQuery({
    queryKey: ["policy", site],
    queryFn: ({ signal }) => getPresencePolicy(site as string, signal),
    enabled: site !== null,
    staleTime: 10 * MINUTES,
    // Who may not read the policy reads codes.
    retry: false,
  });
  return policy.data;
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
