import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listSignInProviders } from "../api/accounts";
import { usePath, useSearch } from "../app/address";

/** Leads to the other places by which one may sign in, and from there back to this page. */
export function Providers() {
  const { t } = useTranslation();
  const { data = [] } = useQuery({
    queryKey: ["signInProviders"],
    queryFn: ({ signal }) => listSignInProviders(signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const here = encodeURIComponent(usePath() + useSearch());
  return data.map((provider) => (
    <a key={provider.name} className="button" href={`${provider.startUri}?return_to=${here}`}>
      {t("signIn.by", { name: provider.displayName })}
    </a>
  ));
}
