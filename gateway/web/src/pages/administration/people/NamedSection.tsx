import { Button, type TableColumnsType } from "antd";
import { useState } from "react";
import { applyRow, listLines, listSkills, type Line, type RosterRow, type Skill } from "../../../api/roster";
import { EditDrawer } from "../kit/EditDrawer";
import { IdField, NamesField } from "../kit/fields";
import { RowActions } from "../kit/RowActions";
import { Rows } from "../kit/Rows";
import { Section } from "../kit/Section";
import { useLoaded } from "../kit/data";
import { filledNames, idOf } from "../kit/names";
import type { SectionProps } from "../sections";
import { useText } from "../text";

type Named = Line | Skill;
type Kind = "lines" | "skills";

interface NamedValues {
  readonly id: string;
  readonly displayNames: Record<string, string | undefined>;
}

const LISTS: Record<Kind, (signal: AbortSignal) => Promise<Named[]>> = { lines: listLines, skills: listSkills };

/** Lines of business, or skills: nothing but names in several languages. */
function NamedSection({ kind, may }: SectionProps & { readonly kind: Kind }) {
  const t = useText();
  const [edited, setEdited] = useState<Named | "new" | null>(null);
  const rows = useLoaded<Named[]>([kind], LISTS[kind]);
  const mayWrite = may("roster.people.write");
  const save = ({ id, displayNames }: NamedValues) =>
    applyRow(kind, { name: `${kind}/${id}`, displayNames: filledNames(displayNames) } as RosterRow);
  const columns: TableColumnsType<Named> = [
    { title: t("field.id"), key: "id", render: (_, { name }) => idOf(name) },
    { title: "中文", key: "zh", render: (_, { displayNames }) => displayNames["zh"] },
    { title: "English", key: "en", render: (_, { displayNames }) => displayNames["en"] },
    {
      title: t("kit.actions"), key: "actions",
      render: (_, row) => mayWrite && <RowActions of={idOf(row.name)} actions={[{ label: t("kit.change"), run: () => setEdited(row) }]} />,
    },
  ];
  const initial = edited === null || edited === "new" ? { id: "", displayNames: {} } : { id: idOf(edited.name), displayNames: { ...edited.displayNames } };
  return (
    <>
      <Section
        title={t(`sections.${kind}`)} lead={t(`${kind}.lead`)} loaded={rows} emptyText={(all) => (all.length > 0 ? null : t(`${kind}.empty`))}
        actions={mayWrite && <Button type="primary" onClick={() => setEdited("new")}>{t(`${kind}.create`)}</Button>}
      >
        {(all) => <Rows label={t(`sections.${kind}`)} rows={all} columns={columns} keyOf={(row) => row.name} />}
      </Section>
      {edited !== null && (
        <EditDrawer<NamedValues> title={edited === "new" ? t(`${kind}.create`) : idOf(edited.name)} initial={initial} onSave={save} onClose={() => setEdited(null)}>
          {edited === "new" && <IdField name="id" label={t("field.id")} />}
          <NamesField name="displayNames" label={t("field.names")} hint={t("field.namesHint")} />
        </EditDrawer>
      )}
    </>
  );
}

export function LinesSection({ may }: SectionProps) {
  return <NamedSection kind="lines" may={may} />;
}

export function SkillsSection({ may }: SectionProps) {
  return <NamedSection kind="skills" may={may} />;
}
