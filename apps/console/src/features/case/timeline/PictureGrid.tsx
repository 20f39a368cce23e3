import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Lightbox, type Shown } from './Lightbox.js';
import m from './media.module.css';

/** Beyond this many, the last tile says how many more there are. */
const most = 4;

/** Pictures of one message, or of several sent in one go. The tiles have their size before the pictures are there. */
export function PictureGrid({ pictures }: { pictures: readonly Shown[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  const tiles = pictures.slice(0, most);
  const more = pictures.length - tiles.length;
  return (
    <>
      <ul
        className={m.grid}
        data-n={tiles.length}
        aria-label={t('case.media.photos', { count: pictures.length })}
      >
        {tiles.map(({ file, message }, at) => (
          <li key={file.id} data-message={message?.id}>
            <button
              className={m.tile}
              aria-label={`${more > 0 && at === most - 1 ? `+${more} · ` : ''}${t('case.media.enlarge', { name: file.name })}`}
              onClick={() => setOpen(at)}
            >
              <Picture url={file.url} />
              {more > 0 && at === most - 1 && <span className={m.moreTile}>+{more}</span>}
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <Lightbox pictures={pictures} start={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Picture({ url }: { url: string }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  if (broken) return <span className={m.broken}>{t('case.media.broken')}</span>;
  return <img src={url} alt="" loading="lazy" onError={() => setBroken(true)} />;
}
