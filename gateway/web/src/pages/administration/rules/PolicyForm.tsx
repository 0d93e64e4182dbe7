import { setPolicy, wireOfPolicy, type PresencePolicy, type Wire } from "../../../api/rules";
import { EditDrawer } from "../kit/EditDrawer";
import { DurationField } from "../kit/DurationField";
import { ChoiceField, ChoicesField, IdField, NamesField, SwitchField, TextField } from "../kit/fields";
import { ListField } from "../kit/ListField";
import { idOf } from "../kit/names";
import { useText, type Text } from "../text";

interface PolicyFormProps {
  readonly site: string;
  readonly policy: PresencePolicy;
  readonly onClose: () => void;
}

/** Sets the next version of a site's rules; it holds from now on, and what lies before stays judged as it was. */
export function PolicyForm({ site, policy, onClose }: PolicyFormProps) {
  const t = useText();
  return (
    <EditDrawer<Wire> title={t("presence.next", { site: idOf(site) })} initial={wireOfPolicy(policy)} onSave={(wire) => setPolicy(site, wire)} onClose={onClose}>
      <ReasonsField />
      <PrecedenceField />
      <WrapUpField />
      <LeasesField />
      <DurationField name="grace" label={t("presence.grace")} hint={t("presence.graceHint")} />
    </EditDrawer>
  );
}

function ReasonsField() {
  const t = useText();
  const classes = [["REST", "rest"], ["WORK_AWAY", "workAway"], ["MISSED_OFFER", "missedOffer"], ["TECHNICAL", "technical"]] as const;
  return (
    <ListField name="breakReasons" label={t("presence.reasons")} addLabel={t("presence.addReason")} blank={{ reasonClass: "REASON_CLASS_REST" }}>
      {(row) => (
        <>
          <IdField name={[row, "code"]} label={t("field.id")} hint="" />
          <NamesField name={[row, "displayNames"]} listName="breakReasons" label={t("field.names")} />
          <ChoiceField
            name={[row, "reasonClass"]} label={t("presence.class")}
            options={classes.map(([value, key]) => ({ value: `REASON_CLASS_${value}`, label: t(`presence.${key}`) }))}
          />
          <DurationField name={[row, "longest"]} label={t("presence.longest")} />
          <SwitchField name={[row, "paid"]} label={t("presence.paid")} />
          <SwitchField name={[row, "countsAsBreak"]} label={t("presence.countsAsBreak")} />
          <SwitchField name={[row, "recallable"]} label={t("presence.recallable")} />
        </>
      )}
    </ListField>
  );
}

function PrecedenceField() {
  const t = useText();
  return (
    <ListField name="precedence" label={t("presence.precedence")} addLabel={t("presence.addRank")} blank={{ matches: [{ trackKind: "TRACK_KIND_PERSON" }] }} isOrdered>
      {(rank) => (
        <ListField name={[rank, "matches"]} label={t("presence.says")} addLabel={t("presence.addMatch")} blank={{ trackKind: "TRACK_KIND_PERSON" }}>
          {(match) => (
            <>
              <ChoiceField name={[match, "trackKind"]} label={t("presence.track")} options={trackKinds(t)} />
              <TextField name={[match, "source"]} label={t("presence.source")} isOptional />
              <ChoicesField name={[match, "states"]} label={t("presence.states")} options={states(t)} />
            </>
          )}
        </ListField>
      )}
    </ListField>
  );
}

function WrapUpField() {
  const t = useText();
  const ends = [{ value: "LIMIT_END_READY", label: t("presence.endReady") }, { value: "LIMIT_END_OVERRUN", label: t("presence.endOverrun") }];
  return (
    <ListField name="wrapUpRules" label={t("presence.wrapUp")} addLabel={t("presence.addWrapUp")} blank={{ limitEnd: "LIMIT_END_OVERRUN" }}>
      {(row) => (
        <>
          <TextField name={[row, "queue"]} label={t("presence.queue")} isOptional />
          <DurationField name={[row, "target"]} label={t("presence.target")} />
          <DurationField name={[row, "limit"]} label={t("presence.limit")} />
          <ChoiceField name={[row, "limitEnd"]} label={t("presence.limitEnd")} options={ends} />
        </>
      )}
    </ListField>
  );
}

function LeasesField() {
  const t = useText();
  const kinds = (["AGENT", "SUPERVISOR", "TELEPHONY", "SYSTEM", "IMPORT"] as const).map((kind) => ({ value: `SOURCE_KIND_${kind}`, label: t(`presence.kind${kind}`) }));
  return (
    <ListField name="leaseRules" label={t("presence.leases")} addLabel={t("presence.addLease")} blank={{ sourceKind: "SOURCE_KIND_TELEPHONY" }}>
      {(row) => (
        <>
          <ChoiceField name={[row, "sourceKind"]} label={t("presence.kind")} options={kinds} />
          <TextField name={[row, "source"]} label={t("presence.source")} isOptional />
          <DurationField name={[row, "lease"]} label={t("presence.lease")} />
        </>
      )}
    </ListField>
  );
}

function trackKinds(t: Text) {
  return (["PERSON", "TELEPHONY", "IMPORT"] as const).map((kind) => ({ value: `TRACK_KIND_${kind}`, label: t(`presence.track${kind}`) }));
}

function states(t: Text) {
  return (["ONLINE", "BUSY", "WRAP_UP", "BREAK", "OFFLINE"] as const).map((state) => ({ value: `STATE_${state}`, label: t(`presence.state${state}`) }));
}
