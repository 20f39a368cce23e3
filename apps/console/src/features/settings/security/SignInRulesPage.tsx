import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent, Role } from '@loket/contracts/access.js';
import type { SignInRules } from '@loket/contracts/second-factor.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { Dialog } from '../../../ui/Dialog.js';
import { AgentFace } from '../../../ui/Face.js';
import { showToast } from '../../../ui/toasts.js';
import { useAgents } from '../api.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import c from '../components/settings.module.css';
import { useResetSecondFactor, useSignInRules, useUpdateSignInRules } from './api.js';
import s from './security.module.css';

const roles: readonly Role[] = ['agent', 'supervisor', 'admin'];

/** What admins ask of everybody's sign-in, and who has it. */
export function SignInRulesPage() {
  const { t } = useTranslation();
  const agents = useAgents();
  return (
    <Page narrow title={t('settings.signIn.title')} intro={t('settings.signIn.intro')}>
      <section className={c.panel}>
        <h2>{t('settings.signIn.required')}</h2>
        <p>{t('settings.signIn.requiredWhy')}</p>
        <Loaded query={useSignInRules()}>{(rules) => <Roles rules={rules} />}</Loaded>
      </section>
      <section className={c.panel}>
        <h2>{t('settings.signIn.people')}</h2>
        <p>{t('settings.signIn.peopleWhy')}</p>
        <Loaded query={agents}>
          {(people) => <People people={people.filter((one) => !one.disabled)} />}
        </Loaded>
      </section>
    </Page>
  );
}

function Roles({ rules }: { rules: SignInRules }) {
  const { t } = useTranslation();
  const update = useUpdateSignInRules();
  const me = useMe();
  const { secondFactorFor: chosen, version } = rules;
  const set = (role: Role, on: boolean) =>
    update.mutate(
      { secondFactorFor: on ? [...chosen, role] : chosen.filter((one) => one !== role), version },
      {
        onSuccess: () => showToast({ text: t('settings.signIn.saved') }),
        onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }),
      },
    );
  return (
    <div className={s.choice}>
      {roles.map((role) => (
        <Checkbox
          key={role}
          label={t(`ui.role.${role}`)}
          checked={chosen.includes(role)}
          disabled={update.isPending}
          onChange={(event) => set(role, event.currentTarget.checked)}
        />
      ))}
      {chosen.includes(me.role) && me.secondFactor !== 'on' && (
        <p className={c.note}>{t('settings.signIn.youToo')}</p>
      )}
    </div>
  );
}

function People({ people }: { people: readonly Agent[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const [asked, setAsked] = useState<Agent | null>(null);
  return (
    <ul className={c.tbl} style={{ marginBottom: 0 }}>
      {people.map((person) => (
        <li key={person.id} className={`${c.r} ${s.who}`}>
          <AgentFace agent={person} size={28} silent />
          <div style={{ minWidth: 0 }}>
            <b className="cut" style={{ display: 'block' }}>
              {person.name}
              {person.id === me.id && <span className={c.dim}> · {t('settings.people.you')}</span>}
            </b>
            <small className="cut" style={{ display: 'block' }}>
              {t(`ui.role.${person.role}`)}
            </small>
          </div>
          <span className={c.st} data-s={person.secondFactor === 'on' ? 'ok' : 'quiet'}>
            {t(person.secondFactor === 'on' ? 'settings.security.on' : 'settings.security.off')}
          </span>
          <span className={c.end}>
            {person.secondFactor === 'on' && person.id !== me.id && (
              <Button
                size="xs"
                variant="subtle"
                aria-label={`${t('settings.signIn.reset')}: ${person.name}`}
                onClick={() => setAsked(person)}
              >
                {t('settings.signIn.reset')}
              </Button>
            )}
          </span>
        </li>
      ))}
      {asked && <ResetDialog person={asked} onClose={() => setAsked(null)} />}
    </ul>
  );
}

function ResetDialog({ person, onClose }: { person: Agent; onClose: () => void }) {
  const { t } = useTranslation();
  const reset = useResetSecondFactor();
  const { name } = person;
  const submit = () =>
    reset.mutate(person, {
      onSuccess: () => {
        showToast({ text: t('settings.signIn.resetDone', { name }) });
        onClose();
      },
    });
  return (
    <Dialog onClose={onClose} title={t('settings.signIn.reset')}>
      <p>{t('settings.signIn.resetWhy', { name })}</p>
      {reset.error && (
        <p className={c.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {errorText(t, reset.error)}
        </p>
      )}
      <div className={s.acts} style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button data-autofocus loading={reset.isPending} onClick={submit}>
          {t('settings.signIn.resetDo')}
        </Button>
      </div>
    </Dialog>
  );
}
