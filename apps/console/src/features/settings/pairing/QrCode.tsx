import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { qrPath } from '../qr-path.js';
import s from './pairing.module.css';

/** Always dark on white, whatever the theme: many scanners do not read the inverse. */
export function QrCode({ text }: { text: string }) {
  const { t } = useTranslation();
  const { path, size } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className={s.qr}
      role="img"
      aria-label={t('settings.pairing.qrLabel')}
      viewBox={`0 0 ${size} ${size}`}
      // whole pixels to a module, or edges blur
      width={size * Math.max(2, Math.floor(270 / size))}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
