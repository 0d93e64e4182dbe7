import { useEffect, useRef, type ReactNode, type RefObject } from "react";

interface PopoverProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly opener: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** A small panel under its opener; it closes on Escape, on a press elsewhere and when the focus leaves it. */
export function Popover({ label, children, opener, onClose }: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const isOutside = (target: EventTarget | null) =>
      target instanceof Node && !panel.current?.contains(target) && !opener.current?.contains(target);
    const onPress = (event: Event) => {
      if (isOutside(event.target)) close.current();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close.current();
      opener.current?.focus();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("focusin", onPress);
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("focusin", onPress);
      document.removeEventListener("keydown", onKey, true);
    };
  }, [opener]);
  return (
    <div className="popover" role="dialog" aria-label={label} ref={panel}>
      {children}
    </div>
  );
}
