/** The mark: a disc with one sector filled, the part not yet seen. */
export function LogoMark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" className="shrink-0">
      <circle cx="10" cy="10" r="8.2" fill="none" stroke="var(--ink)" strokeWidth="1.6" />
      <path d="M10 1.8a8.2 8.2 0 0 1 7.1 12.3L10 10z" fill="var(--brand)" />
    </svg>
  );
}

/** Mark and name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-ink">
      <LogoMark />
      <span className="verdict text-[19px] leading-6">Posturio</span>
    </span>
  );
}
