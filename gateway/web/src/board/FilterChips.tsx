import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import type { Labels } from "./useLabels";

const KINDS = ["lines", "teams", "skills"] as const;

/** The filters that hold, each of which a click takes away. */
export function FilterChips({ labels }: { readonly labels: Labels }) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const chips = KINDS.flatMap((kind) => view[kind].map((name) => ({ kind, name })));
  if (chips.length === 0) return null;
  return (
    <span className="chips" role="group" aria-label={t("filter.label")}>
      {chips.map(({ kind, name }) => (
        <button
          key={name} type="button" className="chip" title={t("filter.remove")}
          onClick={() => changeView({ [kind]: view[kind].filter((other) => other !== name) }, "replace")}
        >
          <span className="chip-kind">{t(`filter.${kind}`)}</span>
          {labels.of(name)}
          <Icon name="close" />
        </button>
      ))}
    </span>
  );
}
