import type { ReactNode } from "react";
import type { KeyHint } from "../ui/KeysDialog";
import { useKeys } from "../ui/useKeys";
import { MainMenu } from "./MainMenu";
import type { PageProps } from "./page";

interface PageBarProps extends PageProps {
  readonly title: string;
  /** The keys of the page itself. */
  readonly keys?: readonly KeyHint[];
  readonly children?: ReactNode;
}

const NO_KEYS: readonly KeyHint[] = [];

/** The top of a page other than the board: its title, what the page adds, and who is signed in. */
export function PageBar({ account, showKeys, title, keys = NO_KEYS, children }: PageBarProps) {
  const showAll = () => showKeys(keys);
  useKeys((key, isChord) => (key === "?" && !isChord ? showAll : null));
  return (
    <header className="bar page-bar">
      <h1>{title}</h1>
      {children}
      <MainMenu account={account} onKeys={showAll} />
    </header>
  );
}
