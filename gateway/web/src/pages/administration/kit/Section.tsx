import type { UseQueryResult } from "@tanstack/react-query";
import { Empty, Skeleton } from "antd";
import type { ReactNode } from "react";
import { asProblem } from "../../../api/problem";
import { Refusal } from "./Refusal";

interface SectionProps<Data> {
  readonly title: string;
  /** What this is for, in a sentence. */
  readonly lead: string;
  readonly actions?: ReactNode;
  readonly loaded: UseQueryResult<Data>;
  /** What is said where there is nothing yet; null where there is something. */
  readonly emptyText?: (data: Data) => string | null;
  readonly children: (data: Data) => ReactNode;
}

/** A part of the page with what it is for, and its states: loading, refused, empty, full. */
export function Section<Data>({ title, lead, actions, loaded, emptyText, children }: SectionProps<Data>) {
  return (
    <section className="section" aria-label={title}>
      <header>
        <div>
          <h2>{title}</h2>
          <p className="muted">{lead}</p>
        </div>
        <div className="section-actions">{actions}</div>
      </header>
      <Content loaded={loaded} emptyText={emptyText ?? (() => null)}>{children}</Content>
    </section>
  );
}

type ContentProps<Data> = Pick<SectionProps<Data>, "loaded" | "children"> & { readonly emptyText: (data: Data) => string | null };

/** What was loaded, or how it stands with that. */
export function Content<Data>({ loaded, emptyText, children }: ContentProps<Data>) {
  if (loaded.error !== null) return <Refusal problem={asProblem(loaded.error)} onReload={() => void loaded.refetch()} />;
  if (loaded.data === undefined) return <Skeleton active={false} title={false} paragraph={{ rows: 6 }} />;
  const nothing = emptyText(loaded.data);
  return nothing === null ? children(loaded.data) : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={nothing} />;
}
