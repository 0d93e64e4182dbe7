interface StateMarkProps {
  readonly word: string;
  readonly isFine: boolean;
}

/** A state as a word with a mark of its own form: no colour alone, and no red, which means busy. */
export function StateMark({ word, isFine }: StateMarkProps) {
  return (
    <span className={isFine ? "operations-state" : "operations-state is-bad"}>
      <span aria-hidden="true">{isFine ? "●" : "▲"}</span> {word}
    </span>
  );
}
