import { Component, type ReactNode } from "react";
import { asProblem, type Problem } from "../api/problem";
import { ErrorState } from "../ui/PageState";

/** Shows what failed where a page cannot be loaded or drawn: the rest of the app goes on. */
export class Failsafe extends Component<{ readonly children: ReactNode }, { readonly problem: Problem | null }> {
  override state = { problem: null };

  static getDerivedStateFromError(error: unknown): { problem: Problem } {
    return { problem: asProblem(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    // A page that an update has replaced is found again by loading anew.
    return problem === null ? this.props.children : <ErrorState problem={problem} onRetry={() => window.location.reload()} />;
  }
}
