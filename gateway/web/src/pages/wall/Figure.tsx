interface FigureProps {
  readonly label: string;
  readonly value: string;
  /** The colour that the figure has in the strips. */
  readonly mark?: "online" | "wrapUp" | "break" | "plan";
  /** Is remarkable: an outline and a sign say so, since red means busy. */
  readonly isAlarm?: boolean;
}

/** A number as large as it goes, and what it counts. */
export function Figure({ label, value, mark, isAlarm = false }: FigureProps) {
  return (
    <div className={isAlarm ? "wall-figure is-alarm" : "wall-figure"}>
      <dt>
        {mark !== undefined && <span className={`wall-mark ${mark}`} aria-hidden="true" />}
        {label}
      </dt>
      <dd>
        {isAlarm && <span className="wall-sign" aria-hidden="true">!</span>}
        {value}
      </dd>
    </div>
  );
}
