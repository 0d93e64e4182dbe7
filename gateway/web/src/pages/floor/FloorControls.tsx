import "./floor.css";
import { useEffect, useRef, useState } from "react";
import { useFloor } from "../../api/floor";
import { Icon } from "../../ui/Icon";
import type { PageKey } from "../../ui/KeysDialog";
import { Popover } from "../../ui/Popover";
import { useKeys } from "../../ui/useKeys";
import { FloorPanel } from "./FloorPanel";
import { useText } from "./text";

/** Opens the panel of the demo floor over whatever page is seen, and tells the key for it; nothing where no floor runs. */
export default function FloorControls({ onKey }: { readonly onKey: (key: PageKey | null) => void }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const floor = useFloor(isOpen);
  useKeys((key, isChord) => (floor !== null && isChord && key === "d" ? () => setOpen(!isOpen) : null));
  const title = floor === null ? null : t("title");
  useEffect(() => onKey(title === null ? null : ["d", title]), [title, onKey]);
  if (floor === null) return null;

  const count = floor.incidents.length;
  const close = () => setOpen(false);
  return (
    <div className="floor-place">
      <button
        type="button" className="rail-button" ref={opener} aria-haspopup="dialog" aria-expanded={isOpen}
        aria-label={count === 0 ? t("title") : t("goingOn", { count })} title={`${t("title")} (g d)`} onClick={() => setOpen(!isOpen)}
      >
        <Icon name="play" />
        <span aria-hidden="true">{t("rail")}</span>
        {count > 0 && <span className="floor-dot" aria-hidden="true" />}
      </button>
      {isOpen && (
        <Popover label={t("title")} opener={opener} onClose={close}>
          <FloorPanel floor={floor} onClose={() => { close(); opener.current?.focus(); }} />
        </Popover>
      )}
    </div>
  );
}
