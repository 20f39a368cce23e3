import { useMemo } from 'react';
import { qrPath } from './qr-path.js';
import s from './ui.module.css';

/** Always dark on white, whatever the theme: many scanners do not read the inverse. */
export function QrCode({ text, label, width = 270 }: { text: string; label: string; width?: number }) {
  const { path, size } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className={s.qr}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      // whole pixels to a module, or edges blur
      width={size * Math.max(2, Math.floor(width / size))}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
