import { rotateSecret, type Source } from "../../../api/sources";
import type { RowAction } from "../kit/RowActions";
import { useAct } from "../kit/useAct";
import { useText } from "../text";

/** The ways to a new secret: with the former one valid for a day more, or refused at once. */
export function useRotation(show: (source: Source) => void): (source: Source) => RowAction[] {
  const t = useText();
  const act = useAct();
  const ask = (source: Source, what: "rotate" | "revoke") => act({
    question: t("sources.rotateQuestion", { name: source.displayName }), consequence: t(`sources.${what}Consequence`),
    action: t(`sources.${what}`), run: async () => show(await rotateSecret(source, what === "revoke")),
  });
  return (source) => (["rotate", "revoke"] as const).map((what) => ({ label: t(`sources.${what}`), run: () => ask(source, what) }));
}
