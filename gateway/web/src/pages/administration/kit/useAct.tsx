import { App } from "antd";
import type { ReactNode } from "react";
import { asProblem } from "../../../api/problem";
import { useText } from "../text";
import { useReload } from "./data";

export interface Act {
  /** What is asked, such as "Disable Ana?". */
  readonly question: string;
  /** What follows from it. */
  readonly consequence: ReactNode;
  /** What the button says. */
  readonly action: string;
  readonly run: () => Promise<unknown>;
}

/** Does what cannot simply be taken back, after it was said what follows and somebody agreed. */
export function useAct(): (act: Act) => void {
  const { modal, notification } = App.useApp();
  const reload = useReload();
  const t = useText();
  return ({ question, consequence, action, run }) =>
    modal.confirm({
      title: question, content: consequence, okText: action, cancelText: t("kit.cancel"), autoFocusButton: "cancel",
      onOk: () => run().then(reload, (error: unknown) => {
        const problem = asProblem(error);
        notification.warning({ title: t("refusal.title"), description: `${problem.message} (${problem.code})`, duration: 0 });
      }),
    });
}
