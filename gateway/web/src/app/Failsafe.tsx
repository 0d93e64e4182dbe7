import { Component, type ReactNode } from "react";
import { asProblem, type Problem } from "../api/problem";
import { ErrorState } from "../ui/PageState";

interface FailsafeProps {
  readonly children: ReactNode;
  /** Says what it is that failed, where that is not the page. */
  readonly title?: string;
}

/** Shows what failed where a page cannot be loaded or drawn: the rest of the app goes on. */
export class Failsafe extends Component<FailsafeProps, { readonly problem: Problem | null }> {
  override state = { problem: null };

  static getDerivedStateFromError(error: unknown): { problem: Problem } {
    return { problem: asProblem(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    const { children, title } = this.props;
    // A page that an update has replaced is found again by loading anew.
    return problem === null ? children : <ErrorState problem={problem} title={title} onRetry={() => window.location.reload()} />;
  }
}
