/** A line without figures: whether it comes faster or slower than before. The figure stands beside it. */
export function Spark({ data, late }: { data: readonly number[]; late: boolean }) {
  const [width, height] = [84, 24];
  if (data.length < 2) return null;
  const top = Math.max(...data, 1);
  const step = (width - 4) / (data.length - 1);
  const points = data.map((value, n) => [2 + n * step, height - 3 - (value / top) * (height - 6)] as const);
  const colour = late ? 'var(--lk-danger)' : 'var(--lk-text-3)';
  const [x, y] = points.at(-1) ?? [0, 0];
  return (
    <svg width={width} height={height} aria-hidden style={{ display: 'block', overflow: 'visible' }}>
      <polyline
        points={points.map((point) => point.join(',')).join(' ')}
        fill="none"
        stroke={colour}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={x} cy={y} r="2.2" fill={colour} />
    </svg>
  );
}
