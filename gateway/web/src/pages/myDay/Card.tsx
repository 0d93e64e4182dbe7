import { useId, type ReactNode } from "react";

interface CardProps {
  readonly title: string;
  readonly name: string;
  readonly children: ReactNode;
  /** What stands beside the title. */
  readonly aside?: ReactNode;
}

/** One part of the day, under its heading. */
export function Card({ title, name, aside, children }: CardProps) {
  const id = useId();
  return (
    <section className={`card card-${name}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
