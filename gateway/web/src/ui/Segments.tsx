interface SegmentsProps<Value extends string> {
  readonly label: string;
  /** What is chosen; none of the options where something else is. */
  readonly value: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChoose: (value: Value) => void;
}

/** One choice of a few, all of them seen. */
export function Segments<Value extends string>({ label, value, options, onChoose }: SegmentsProps<Value>) {
  return (
    <div className="segments" role="group" aria-label={label}>
      <span className="segments-label">{label}</span>
      <div>
        {(Object.entries(options) as [Value, string][]).map(([option, name]) => (
          <button key={option} type="button" aria-pressed={option === value} onClick={() => onChoose(option)}>
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}
