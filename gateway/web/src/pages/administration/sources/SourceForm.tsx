import { Form } from "antd";
import { createSource, updateSource, type Source } from "../../../api/sources";
import { EditDrawer } from "../kit/EditDrawer";
import { ChoiceField, IdField, TextField } from "../kit/fields";
import { useSites } from "../people/useRoster";
import { useText } from "../text";
import { SCHEMES, signingOf, sourceValues, type Scheme, type SourceValues } from "./sourceModel";

interface SourceFormProps {
  /** The source to change; null for a new one. */
  readonly source: Source | null;
  readonly site: string | undefined;
  readonly onCreated: (source: Source) => void;
  readonly onClose: () => void;
}

/** Creates a source or changes one: what it is called, and how it proves itself. */
export function SourceForm({ source, site, onCreated, onClose }: SourceFormProps) {
  const t = useText();
  const sites = useSites();
  const save = async ({ sourceId, site: place = "", displayName, signing }: SourceValues) => {
    const fields = { displayName, signing: signingOf(signing) };
    if (source === null) onCreated(await createSource(sourceId, place, fields));
    else await updateSource(source, fields);
  };
  return (
    <EditDrawer<SourceValues>
      title={source === null ? t("sources.create") : t("sources.change", { name: source.displayName })}
      initial={sourceValues(source, site)} onSave={save} onClose={onClose}
    >
      {source === null && <IdField name="sourceId" label={t("field.id")} hint={t("sources.idHint")} />}
      <TextField name="displayName" label={t("field.displayName")} />
      {source === null && (
        <ChoiceField
          name="site" label={t("field.site")} hint={t("sources.siteHint")}
          options={(sites.data ?? []).map(({ name, displayName }) => ({ value: name, label: displayName }))}
        />
      )}
      <ChoiceField
        name={["signing", "scheme"]} label={t("sources.proof")} hint={t("sources.proofHint")}
        options={SCHEMES.map((scheme) => ({ value: scheme, label: t(`sources.${scheme}`) }))}
      />
      <SigningFields />
    </EditDrawer>
  );
}

/** What the chosen proof needs to be told; nothing of it has to be, for Muster's own form. */
function SigningFields() {
  const t = useText();
  const scheme = Form.useWatch<Scheme | undefined>(["signing", "scheme"]);
  const signedText = Form.useWatch<string | undefined>(["signing", "signedText"]);
  const isReplayable = (signedText ?? "") !== "" && !signedText?.includes("{timestamp}");
  if (scheme === "SCHEME_BASIC") return null;
  if (scheme === "SCHEME_API_KEY") return <TextField name={["signing", "header"]} label={t("sources.header")} hint={t("sources.keyHint")} isOptional />;
  return (
    <>
      <TextField name={["signing", "header"]} label={t("sources.header")} hint={t("sources.headerHint")} isOptional />
      <TextField name={["signing", "timestampHeader"]} label={t("sources.timestampHeader")} hint={t("sources.timestampHeaderHint")} isOptional />
      <TextField
        name={["signing", "signedText"]} label={t("sources.signedText")} isOptional
        hint={<>{t("sources.signedTextHint")} {t(isReplayable ? "sources.replayOpen" : "sources.replayWindow")}</>}
      />
    </>
  );
}
