import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getPresencePolicy } from "../api/policy";
import type { PresencePolicy } from "../gen/muster/presence/v1/policy_service_pb";

const MINUTES = 60_000;

/** What people call the reasons of breaks, in the reader's language; the code itself where the site has no name. */
export function useReasonNames(site: string): (code: string) => string {
  const { i18n } = useTranslation();
  const policy = useQuery({
    queryKey: ["policy", site],
    queryFn: ({ signal }) => getPresencePolicy(site, signal),
    staleTime: 10 * MINUTES,
    // Who may not read the policy reads codes.
    retry: false,
  });
  return (code) => reasonName(policy.data, code, i18n.language);
}

export function reasonName(policy: PresencePolicy | undefined, code: string, language: string): string {
  const names = policy?.breakReasons.find((reason) => reason.code === code)?.displayNames ?? {};
  return names[language] ?? names[language.split("-")[0] as string] ?? names.en ?? Object.values(names)[0] ?? code;
}
