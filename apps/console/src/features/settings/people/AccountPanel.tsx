import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '@loket/contracts/access.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { usePicture } from '../../../ui/pictures.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useUpdateAgent } from '../api.js';
import s from '../components/settings.module.css';
import { usePictureChoice } from '../pictures/usePictureChoice.js';
import { Deactivate } from './Deactivate.js';
import { ResetPassword } from './ResetPassword.js';
import w from './work.module.css';

/** Sign-in, picture, and leaving the company. */
export function AccountPanel({
  person,
  lastAdmin,
  load,
}: {
  person: Agent;
  lastAdmin: boolean;
  /** open cases that are his */
  load: number;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const format = useFormat();
  const update = useUpdateAgent();
  const [asking, setAsking] = useState<'password' | 'leave' | null>(null);
  const { id, name, email, disabled, createdAt } = person;
  const picture = usePictureChoice(id);
  const hasPicture = usePicture(id) !== null;
  const comeBack = () =>
    update.mutate(
      { id, disabled: false },
      {
        onSuccess: () => showToast({ text: t('settings.people.nowActive', { name }) }),
        onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }),
      },
    );
  return (
    <section className={s.panel}>
      <h2>{t('settings.people.account')}</h2>
      <dl className={w.facts}>
        <div>
          <dt>{t('settings.people.email')}</dt>
          <dd style={{ overflowWrap: 'anywhere' }}>{email}</dd>
        </div>
        <div>
          <dt>{t('settings.people.since')}</dt>
          <dd>{format.date(createdAt)}</dd>
        </div>
      </dl>
      <div className={s.noteActs} style={{ marginTop: 14 }}>
        <Button variant="default" onClick={picture.choose}>
          {t('settings.people.picture')}
        </Button>
        {hasPicture && (
          <Button variant="default" onClick={picture.remove}>
            {t('settings.people.removePicture')}
          </Button>
        )}
        <Button variant="default" onClick={() => setAsking('password')}>
          {t('settings.people.reset')}
        </Button>
        {disabled ? (
          <Button variant="default" onClick={comeBack} loading={update.isPending}>
            {t('settings.people.enable')}
          </Button>
        ) : (
          id !== me.id &&
          !lastAdmin && (
            <Button variant="default" onClick={() => setAsking('leave')}>
              {t('settings.people.disable')}
            </Button>
          )
        )}
      </div>
      {picture.parts}
      {asking === 'password' && <ResetPassword person={person} onClose={() => setAsking(null)} />}
      {asking === 'leave' && <Deactivate person={person} load={load} onClose={() => setAsking(null)} />}
    </section>
  );
}
