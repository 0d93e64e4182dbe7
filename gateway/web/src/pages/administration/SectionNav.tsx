import { Grid, Select } from "antd";
import type { MouseEvent } from "react";
import { moveTo, useSearch } from "../../app/address";
import { addressOf } from "./address";
import type { SectionGroup, SectionId } from "./permissions";
import { useText } from "./text";

interface SectionNavProps {
  readonly groups: readonly SectionGroup[];
  readonly current: SectionId;
}

/** The way to the sections, which keeps the chosen site: links by group, or one choice on a phone. */
export function SectionNav({ groups, current }: SectionNavProps) {
  const t = useText();
  const { md: isWide = true } = Grid.useBreakpoint();
  const site = new URLSearchParams(useSearch()).get("site") ?? undefined;
  const to = (section: SectionId) => addressOf(section, site);
  return (
    <nav className="sections" aria-label={t("sections.label")}>
      {isWide ? <Links groups={groups} current={current} to={to} /> : (
        <Select<SectionId>
          aria-label={t("sections.label")} value={current} onChange={(section) => moveTo(to(section))} listHeight={420}
          options={groups.map(({ group, sections }) => ({
            label: t(`groups.${group}`), title: "", options: sections.map((value) => ({ value, label: t(`sections.${value}`) })),
          }))}
        />
      )}
    </nav>
  );
}

function Links({ groups, current, to }: SectionNavProps & { readonly to: (section: SectionId) => string }) {
  const t = useText();
  const follow = (event: MouseEvent, section: SectionId) => {
    // A new tab or window is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    moveTo(to(section));
  };
  return groups.map(({ group, sections }) => (
    <div key={group} role="group" aria-label={t(`groups.${group}`)}>
      <span className="group-name" aria-hidden="true">{t(`groups.${group}`)}</span>
      {sections.map((id) => (
        <a key={id} href={to(id)} aria-current={id === current ? "page" : undefined} onClick={(event) => follow(event, id)}>
          {t(`sections.${id}`)}
        </a>
      ))}
    </div>
  ));
}
