import s from './load.module.css';

interface LoadBarProps {
  /** for screen readers: whose load it is */
  label: string;
  load: number;
  limit: number;
  /** how many more, or fewer, it would be */
  add?: number;
}

/** What somebody carries of what he can carry, as a length. */
export function LoadBar({ label, load, limit, add = 0 }: LoadBarProps) {
  const share = (n: number) => `${Math.max(0, Math.min(100, (n / Math.max(1, limit)) * 100))}%`;
  const base = add < 0 ? load + add : load;
  return (
    <span
      className={s.load}
      data-full={base >= limit || undefined}
      role="meter"
      aria-label={label}
      aria-valuenow={load}
      aria-valuemin={0}
      aria-valuemax={Math.max(limit, load)}
    >
      <span style={{ width: share(base) }} />
      {add !== 0 && (
        <em data-out={add < 0 || undefined} style={{ left: share(base), width: share(Math.abs(add)) }} />
      )}
    </span>
  );
}
