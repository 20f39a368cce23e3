import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Availability } from '@loket/contracts/teams.js';
import { useChooseAvailability } from '../../api/availability.js';
import { useCaseCounts } from '../../api/cases.js';
import { errorText } from '../../api/error-text.js';
import { useMe } from '../../api/session.js';
import { useAgentWork } from '../../api/teams.js';
import { MenuChoice } from '../../ui/MenuChoice.js';
import { PresentFace } from '../../ui/PresentFace.js';
import { showToast } from '../../ui/toasts.js';
import s from './presence.module.css';

const choices = ['online', 'away', 'offline'] as const satisfies readonly Availability[];

/** Myself: whether I am there, what I carry, and the menu to say something else. */
export function AvailabilityMenu({ small = false }: { small?: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const work = useAgentWork().data?.find(({ agent }) => agent.id === me.id);
  const carried = useCaseCounts().data?.mine;
  const choose = useChooseAvailability(me.id);
  // until it is known, he is there: he looks at this
  const now = work?.availability ?? 'online';
  const word = t(`ui.availability.${now}`);
  const load =
    work && carried !== undefined && t('presence.load', { load: carried, most: work.limits.total });
  const pick = (availability: Availability) =>
    choose.mutate(availability, {
      onError: (error) => showToast({ text: errorText(t, error), tone: 'danger' }),
    });
  return (
    <Menu position={small ? 'right-end' : 'top-start'} width={250}>
      <Menu.Target>
        <button className={small ? undefined : s.me} title={small ? `${me.name} · ${word}` : undefined}>
          <span className={s.face}>
            <PresentFace agent={me} availability={now} silent />
          </span>
          {small ? (
            <span className="sr">{t('presence.menu', { now: word })}</span>
          ) : (
            <span className={s.who}>
              <span className="sr">{t('presence.mine')}</span>
              <b className="cut">{me.name}</b>
              <small className="cut">{[word, load].filter(Boolean).join(' · ')}</small>
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('presence.choose')}</Menu.Label>
        {choices.map((one) => (
          <MenuChoice key={one} value={one} checked={now === one} onPick={() => pick(one)}>
            <span className={s.choice}>
              {t(`ui.availability.${one}`)}
              <small>{t(`presence.why.${one}`)}</small>
            </span>
          </MenuChoice>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
