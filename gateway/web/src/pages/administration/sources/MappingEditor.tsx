import { useRef, type UIEvent } from "react";
import { useText } from "../text";
import type { Fault } from "./places";

interface MappingEditorProps {
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly onChange: (text: string) => void;
}

/** A mapping as text, with numbered lines and what is wrong at which of them. */
export function MappingEditor({ text, faults, onChange }: MappingEditorProps) {
  const t = useText();
  const numbers = useRef<HTMLOListElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const marked = new Set(faults.map(({ line }) => line));
  const follow = ({ currentTarget }: UIEvent) => {
    if (numbers.current !== null) numbers.current.scrollTop = currentTarget.scrollTop;
  };
  const goTo = (line: number) => {
    const { start, end } = rangeOf(text, line);
    area.current?.focus();
    area.current?.setSelectionRange(start, end);
  };
  return (
    <div className="mapping-editor">
      {faults.length > 0 && (
        <ul className="mapping-faults" role="alert">
          {faults.map((fault) => (
            <li key={fault.setting + fault.said}>
              {fault.line !== null && <button type="button" onClick={() => goTo(fault.line ?? 1)}>{t("sources.line", { line: fault.line })}</button>}{" "}
              {fault.setting !== "" && <code>{fault.setting}</code>} {fault.said}
            </li>
          ))}
        </ul>
      )}
      <div className="mapping-text">
        <ol ref={numbers} aria-hidden="true">
          {text.split("\n").map((_, index) => <li key={index} className={marked.has(index + 1) ? "faulty" : undefined}>{index + 1}</li>)}
        </ol>
        <textarea
          ref={area} aria-label={t("sources.mappingText")} aria-invalid={faults.length > 0} value={text} spellCheck={false} wrap="off" rows={22}
          onChange={(event) => onChange(event.target.value)} onScroll={follow}
        />
      </div>
    </div>
  );
}

function rangeOf(text: string, line: number): { readonly start: number; readonly end: number } {
  const rows = text.split("\n");
  const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  return { start, end: start + (rows[line - 1]?.length ?? 0) };
}
