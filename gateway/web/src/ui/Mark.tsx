/** Muster's sign: three people's days. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <rect className="m1" x="0" y="1" width="12" height="4.6" rx="1.2" />
      <rect className="m2" x="13.2" y="1" width="6.8" height="4.6" rx="1.2" />
      <rect className="m2" x="0" y="7.7" width="5" height="4.6" rx="1.2" />
      <rect className="m1" x="6.2" y="7.7" width="13.8" height="4.6" rx="1.2" />
      <rect className="m1" x="0" y="14.4" width="9" height="4.6" rx="1.2" />
      <rect className="m3" x="10.2" y="14.4" width="3.4" height="4.6" rx="1.2" />
      <rect className="m2" x="14.8" y="14.4" width="5.2" height="4.6" rx="1.2" />
    </svg>
  );
}
