import { ActionIcon, Button, Menu, Select } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent, Role } from '@loket/contracts/access.js';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { AgentFace } from '../../../ui/Face.js';
import { showToast } from '../../../ui/toasts.js';
import { usePicture } from '../../../ui/pictures.js';
import { useAgents, useUpdateAgent } from '../api.js';
import { usePictureChoice } from '../pictures/usePictureChoice.js';
import { AddPerson } from './AddPerson.js';
import { Loaded } from './Loaded.js';
import { Page } from './Page.js';
import { ResetPassword } from './ResetPassword.js';
import s from './settings.module.css';

const roleOrder: Role[] = ['agent', 'supervisor', 'admin'];

/** Who works here, and what each may do. */
export function PeoplePage() {
  const { t } = useTranslation();
  const agents = useAgents();
  const [adding, setAdding] = useState(false);
  const [resetting, setResetting] = useState<Agent | null>(null);
  return (
    <Page
      title={t('settings.people.title')}
      intro={t('settings.people.intro')}
      action={
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={2} />}
          onClick={() => setAdding(true)}
        >
          {t('settings.people.add')}
        </Button>
      }
    >
      <Loaded query={agents}>
        {(people) => {
          const admins = people.filter((one) => one.role === 'admin' && !one.disabled);
          return (
            <>
              <ul className={s.tbl}>
                {people.map((person) => (
                  <PersonRow
                    key={person.id}
                    person={person}
                    lastAdmin={admins.length === 1 && admins[0]?.id === person.id}
                    onReset={() => setResetting(person)}
                  />
                ))}
              </ul>
              {admins.length === 1 && <p className={s.dim}>{t('settings.people.lastAdmin')}</p>}
            </>
          );
        }}
      </Loaded>
      {adding && <AddPerson onClose={() => setAdding(false)} />}
      {resetting && <ResetPassword person={resetting} onClose={() => setResetting(null)} />}
    </Page>
  );
}

function PersonRow({
  person,
  lastAdmin,
  onReset,
}: {
  person: Agent;
  lastAdmin: boolean;
  onReset: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateAgent();
  const { id, name, disabled } = person;
  const picture = usePictureChoice(id);
  const hasPicture = usePicture(id) !== null;
  const change = (part: { role?: Role; disabled?: boolean }, done: string) =>
    update.mutate(
      { id, ...part },
      {
        onSuccess: () => showToast({ text: done }),
        onError: (error) => {
          const last = error instanceof ApiError && error.code === 'last_admin';
          const text = last ? t('settings.people.lastAdmin') : errorText(t, error);
          showToast({ tone: 'danger', text });
        },
      },
    );
  const switchTo = !disabled;
  return (
    <li className={`${s.r} ${s.personRow}`}>
      <AgentFace agent={person} size={28} silent />
      <div style={{ minWidth: 0 }}>
        <b className="cut" style={{ display: 'block' }}>
          {name}
          {id === me.id && <span className={s.dim}> · {t('settings.people.you')}</span>}
        </b>
        <small className="cut" style={{ display: 'block' }}>
          {person.email}
        </small>
      </div>
      <Select
        className={s.role}
        aria-label={t('settings.people.roleOf', { name })}
        data={roleOrder.map((role) => ({ value: role, label: t(`ui.role.${role}`) }))}
        value={person.role}
        disabled={lastAdmin || update.isPending}
        allowDeselect={false}
        onChange={(role) =>
          role &&
          role !== person.role &&
          change({ role }, t('settings.people.roleChanged', { name, role: t(`ui.role.${role}`) }))
        }
      />
      <span className={`${s.st} ${s.state}`} data-s={disabled ? 'quiet' : 'ok'}>
        {t(disabled ? 'settings.people.disabled' : 'settings.people.active')}
      </span>
      <span className={s.end}>
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon aria-label={t('settings.people.more', { name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={picture.choose}>{t('settings.people.picture')}</Menu.Item>
            {hasPicture && (
              <Menu.Item onClick={picture.remove}>{t('settings.people.removePicture')}</Menu.Item>
            )}
            <Menu.Item onClick={onReset}>{t('settings.people.reset')}</Menu.Item>
            <Menu.Item
              disabled={lastAdmin || id === me.id}
              onClick={() =>
                change(
                  { disabled: switchTo },
                  t(switchTo ? 'settings.people.nowDisabled' : 'settings.people.nowActive', { name }),
                )
              }
            >
              {t(switchTo ? 'settings.people.disable' : 'settings.people.enable')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {picture.parts}
      </span>
    </li>
  );
}
