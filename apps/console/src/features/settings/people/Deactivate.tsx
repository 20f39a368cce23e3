import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '@loket/contracts/access.js';
import { errorText } from '../../../api/error-text.js';
import { useAgentWork } from '../../../api/teams.js';
import { Dialog } from '../../../ui/Dialog.js';
import { showToast } from '../../../ui/toasts.js';
import { useHandOver, useUpdateAgent } from '../api.js';
import s from '../components/settings.module.css';

type Way = 'teams' | 'colleague' | 'stay';
const ways: Way[] = ['teams', 'colleague', 'stay'];

/** Somebody leaves: he is signed out everywhere, and what he has not finished goes on without him. */
export function Deactivate({ person, load, onClose }: { person: Agent; load: number; onClose: () => void }) {
  const { t } = useTranslation();
  const update = useUpdateAgent();
  const handOver = useHandOver();
  const people = useAgentWork().data ?? [];
  const [way, setWay] = useState<Way>('teams');
  const [heir, setHeir] = useState<string | null>(null);
  const { id, name } = person;
  const failure = update.error ?? handOver.error;
  const leave = async () => {
    try {
      // first, so that nothing new comes to him while the rest goes away
      await update.mutateAsync({ id, disabled: true });
      const moved =
        way === 'stay' ? null : await handOver.mutateAsync({ id, toId: way === 'colleague' ? heir : null });
      onClose();
      showToast({
        text:
          moved && moved.cases > 0
            ? t('settings.people.left', { name, count: moved.cases })
            : t('settings.people.nowDisabled', { name }),
      });
    } catch {
      // said in the dialog
    }
  };
  return (
    <Dialog onClose={onClose} title={t('settings.people.leaveTitle', { name })}>
      <p>{t('settings.people.leaveWhy')}</p>
      <fieldset style={{ border: 0, padding: 0, marginTop: 14 }}>
        <legend className={s.sub}>{t('settings.people.openCases', { count: load })}</legend>
        <div className={s.choices}>
          {ways.map((one) => (
            <label key={one} className={s.choice}>
              <input type="radio" name="way" value={one} checked={one === way} onChange={() => setWay(one)} />
              <span>
                <b>{t(`settings.people.leave.${one}.name`)}</b>
                <span className={s.choiceWhy}>{t(`settings.people.leave.${one}.why`)}</span>
              </span>
            </label>
          ))}
        </div>
        {way === 'colleague' && (
          <Select
            mt={12}
            label={t('settings.people.heir')}
            data={people
              .filter(({ agent }) => agent.id !== id)
              .map(({ agent, load: theirs, limits }) => ({
                value: agent.id,
                label: `${agent.name} (${String(theirs)}/${String(limits.total)})`,
              }))}
            value={heir}
            onChange={setHeir}
            searchable
            nothingFoundMessage={t('ui.noMatches')}
          />
        )}
      </fieldset>
      {failure && (
        <p className={s.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {errorText(t, failure)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          loading={update.isPending || handOver.isPending}
          disabled={way === 'colleague' && heir === null}
          onClick={() => void leave()}
        >
          {t('settings.people.disable')}
        </Button>
      </Group>
    </Dialog>
  );
}
