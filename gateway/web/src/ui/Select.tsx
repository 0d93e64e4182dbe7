import { Icon } from "./Icon";

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: ReadonlyArray<readonly [Value, string]>;
  readonly onChoose: (value: Value) => void;
}

/** One choice of several, with its name over it. */
export function Select<Value extends string>({ label, value, options, onChoose }: SelectProps<Value>) {
  return (
    <label className="labelled">
      <span className="segments-label">{label}</span>
      <span className="select">
        <select value={value} onChange={(event) => onChoose(event.target.value as Value)}>
          {options.map(([option, name]) => <option key={option} value={option}>{name}</option>)}
        </select>
        <Icon name="down" />
      </span>
    </label>
  );
}
