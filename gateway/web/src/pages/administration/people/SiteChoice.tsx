import { Select } from "antd";
import { useSearch, moveTo } from "../../../app/address";
import { idOf } from "../kit/names";
import { useText } from "../text";
import { useSites } from "./useRoster";

/** The site of the address, else the first one; none while sites are not known. */
export function useChosenSite(): string | undefined {
  const wanted = new URLSearchParams(useSearch()).get("site");
  const names = (useSites().data ?? []).map((site) => site.name);
  return names.find((name) => name === `sites/${wanted}`) ?? names[0];
}

/** Goes to the same section of another site. */
export function SiteChoice({ site }: { readonly site: string | undefined }) {
  const t = useText();
  const sites = useSites();
  const choose = (name: string) => moveTo(`${window.location.pathname}?site=${idOf(name)}`, "replace");
  return (
    <Select
      className="site-choice" aria-label={t("field.site")} value={site ?? null} loading={sites.isLoading} onChange={choose}
      showSearch={{ optionFilterProp: "label" }} options={(sites.data ?? []).map(({ name, displayName }) => ({ value: name, label: displayName }))}
    />
  );
}
