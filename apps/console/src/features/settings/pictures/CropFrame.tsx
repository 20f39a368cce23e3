import { useEffect, useId, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../../../ui/media.js';
import { pushed, zoomed, type Crop } from './crop.js';
import { drawPicture } from './picture-file.js';
import s from './pictures.module.css';

const arrows: Partial<Record<string, [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const shownSide = 640;
/** share of the frame that one press of an arrow moves */
const step = 0.04;

interface CropFrameProps {
  image: ImageBitmap;
  crop: Crop;
  onCrop: (next: (crop: Crop) => Crop) => void;
}

/** What is kept of the picture, as it will be seen: dragged, or moved by arrows; wheel, + and − come closer and go away. */
export function CropFrame({ image, crop, onCrop }: CropFrameProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const help = useId();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  /** where the finger or the mouse was */
  const held = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    if (canvas.current) drawPicture(canvas.current, image, crop);
  }, [image, crop]);
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event: WheelEvent) => {
      // nothing behind it scrolls
      event.preventDefault();
      onCrop((now) => zoomed(image, now, now.zoom * Math.exp(-event.deltaY / 500)));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [image, onCrop]);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, y: event.clientY };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!held.current || !event.isPrimary) return;
    const { clientX, clientY, currentTarget } = event;
    const dx = (clientX - held.current.x) / currentTarget.clientWidth;
    const dy = (clientY - held.current.y) / currentTarget.clientWidth;
    held.current = { x: clientX, y: clientY };
    onCrop((now) => pushed(image, now, dx, dy));
  };
  const letGo = () => {
    held.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    const closer = event.key === '+' || event.key === '=' ? 1.15 : event.key === '-' ? 1 / 1.15 : 1;
    if (dx === 0 && dy === 0 && closer === 1) return;
    event.preventDefault();
    onCrop((now) => zoomed(image, pushed(image, now, dx * step, dy * step), now.zoom * closer));
  };
  return (
    <>
      <div
        ref={frame}
        className={s.frame}
        role="group"
        tabIndex={0}
        data-autofocus
        aria-label={t('settings.picture.frame')}
        aria-describedby={help}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onKeyDown={onKeyDown}
      >
        {/* sharp on fine screens too; what is sent is drawn anew */}
        <canvas ref={canvas} width={shownSide} height={shownSide} />
      </div>
      <p id={help} className={s.help}>
        {t(phone ? 'settings.picture.helpPhone' : 'settings.picture.help')}
      </p>
    </>
  );
}
