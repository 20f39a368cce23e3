import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session.js';
import { AgentFace } from '../../../ui/Face.js';
import { usePicture } from '../../../ui/pictures.js';
import base from '../components/settings.module.css';
import s from './pictures.module.css';
import { usePictureChoice } from './usePictureChoice.js';

/** One's own picture. */
export function PicturePanel() {
  const { t } = useTranslation();
  const me = useMe();
  const has = usePicture(me.id) !== null;
  const { choose, remove, removing, parts } = usePictureChoice(me.id);
  return (
    <section className={`${base.panel} ${s.own}`} aria-labelledby="own-picture">
      <AgentFace agent={me} size={72} silent />
      <div>
        <h2 id="own-picture" className={base.sub}>
          {t('settings.picture.title')}
        </h2>
        <p>{t('settings.picture.why', { name: me.name })}</p>
        <div className={s.acts}>
          <Button variant="default" onClick={choose}>
            {t(has ? 'settings.picture.change' : 'settings.picture.choose')}
          </Button>
          {has && (
            <Button variant="subtle" color="gray" loading={removing} onClick={remove}>
              {t('settings.picture.remove')}
            </Button>
          )}
        </div>
      </div>
      {parts}
    </section>
  );
}
