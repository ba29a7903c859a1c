/** Small turning ring; decoration only, the words beside it carry the state. */
export function Spinner() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className="animate-turn">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" opacity="0.3" />
      <path
        d="M8 2a6 6 0 0 1 6 6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  );
}
