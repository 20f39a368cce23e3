import s from './ui.module.css';

/** Mark: several lines in, one line out. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden>
      <rect width="20" height="20" rx="5" fill="var(--lk-accent)" />
      <path
        d="M4.5 5.5c4 0 3.4 4.5 7 4.5M4.5 14.5c4 0 3.4-4.5 7-4.5M4.5 10h11"
        stroke="var(--lk-on-accent)"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function Wordmark({ size = 17 }: { size?: number }) {
  return (
    <span className={s.wordmark} style={{ fontSize: size }}>
      <Logo size={size + 4} />
      Loket
    </span>
  );
}
