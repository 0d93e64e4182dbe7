import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { reportOwnState, type OwnState } from "../../api/ownState";
import { asProblem } from "../../api/problem";
import { newUuid } from "../../api/uuid";
import { stateKey } from "../../board/states";
import { nameIn } from "../../board/useReasonNames";
import { BreakReason_ReasonClass as ReasonClass, type PresencePolicy } from "../../gen/muster/presence/v1/policy_service_pb";
import { State } from "../../gen/muster/presence/v1/state_pb";
import { Swatch } from "../../ui/Swatch";
import { countingStates, OWN_STATES, ownReasons, telephonyOf } from "./model/buttons";
import type { Piece } from "./model/pieces";

interface OwnButtonsProps {
  readonly agent: string;
  readonly source: string;
  readonly pieces: readonly Piece[];
  readonly policy: PresencePolicy;
  readonly onReported: () => void;
}

interface Choice {
  readonly state: State;
  readonly reason: string;
}

/** The states and reasons that she can say of herself, where her word counts. */
export function OwnButtons({ agent, source, pieces, policy, onReported }: OwnButtonsProps) {
  const { t, i18n } = useTranslation();
  const telephony = telephonyOf(pieces);
  const counting = countingStates(policy, telephony);
  const { mutate, isPending, isSuccess, variables, error } = useMutation({
    mutationFn: (report: OwnState) => reportOwnState(source, report), onSuccess: onReported, retry: 2,
  });
  const last = pieces.at(-1);
  const press = (choice: Choice) => mutate({ eventId: newUuid(), agent, occurredMs: Date.now(), ...choice });
  const isNow = ({ state, reason }: Choice) => last?.state === state && last.reason === reason;
  const isAsPressed = variables === undefined || (variables.state === last?.state && variables.reason === last.reason);
  const button = (choice: Choice, look: Parameters<typeof Swatch>[0]["look"], name: string) => (
    <button
      key={`${choice.state} ${choice.reason}`} type="button" className="own-button" aria-pressed={isNow(choice)}
      disabled={isPending} onClick={() => press(choice)}
    >
      <Swatch look={look} />{name}
    </button>
  );
  return (
    <div className="own">
      {counting.length > 0 && (
        <div className="own-buttons" role="group" aria-label={t("myDay.say")}>
          {counting.filter((state) => state !== State.BREAK)
            .map((state) => button({ state, reason: "" }, stateKey(state), t(`state.${stateKey(state)}`)))}
        </div>
      )}
      {counting.includes(State.BREAK) && (
        <div className="own-buttons" role="group" aria-label={t("state.break")}>
          {ownReasons(policy).map(({ code, displayNames, reasonClass }) => button(
            { state: State.BREAK, reason: code }, reasonClass === ReasonClass.WORK_AWAY ? "away" : "break",
            nameIn(displayNames, i18n.language) ?? code,
          ))}
        </div>
      )}
      {telephony !== null && <p className="muted">{telephonySentence(counting.map(stateKey).map((key) => t(`state.${key}`)))}</p>}
      {isSuccess && !isPending && !isAsPressed && <p className="note" role="status">{t("myDay.notYet")}</p>}
      {error !== null && (
        <p className="note refused" role="alert">{t("myDay.refused", { reason: asProblem(error).message })} <code>{asProblem(error).code}</code></p>
      )}
    </div>
  );

  function telephonySentence(names: readonly string[]): string {
    if (names.length === 0) return t("myDay.telephonyRules", { source: telephony ?? "" });
    const ruled = OWN_STATES.filter((state) => !counting.includes(state)).map((state) => t(`state.${stateKey(state)}`));
    if (ruled.length === 0) return t("myDay.telephonyToo", { source: telephony ?? "" });
    return t("myDay.telephonyPartly", { source: telephony ?? "", states: new Intl.ListFormat(i18n.language).format(ruled) });
  }
}
