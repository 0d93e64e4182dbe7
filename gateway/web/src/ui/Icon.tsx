/** What an icon shows, on 16 by 16. */
const PATHS = {
  back: "M10 3.5 5.5 8l4.5 4.5",
  forward: "M6 3.5 10.5 8 6 12.5",
  search: "M7.2 11.4a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4Zm3-1.2L13.5 13.5",
  close: "m4 4 8 8m0-8-8 8",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  down: "M4.5 6.5 8 10l3.5-3.5",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  view: "M2.5 5h5m3.5 0h2.5M2.5 11h2.5m3.5 0h5M7.5 3.2v3.6M8.5 9.2v3.6",
  board: "M2.5 3.5h4M8.5 3.5h5M2.5 8h7M11.5 8h2M2.5 12.5h2M6.5 12.5h7",
  person: "M8 7.5a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM2.8 13.7c.6-2.4 2.6-3.9 5.2-3.9s4.6 1.5 5.2 3.9",
  settings: "M2.5 4.5h6M12.5 4.5h1M2.5 11.5h1M7.5 11.5h6M10.5 2.7v3.6M5.5 9.7v3.6",
  range: "M2.5 8h11M5 5 2.5 8 5 11M11 5l2.5 3L11 11M2.5 3v10M13.5 3v10",
  play: "M5 3.4v9.2L12.4 8 5 3.4Z",
  operations: "M2 8.5h2.6l1.7-4.6 3 8.6 1.9-4h2.8",
} as const;

export type IconName = keyof typeof PATHS;

/** A line icon; the control around it carries the name. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <path d={PATHS[name]} stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
