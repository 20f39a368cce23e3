import { useTranslation } from 'react-i18next';
import type { Agent, Role } from '@loket/contracts/access.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { showToast } from '../../../ui/toasts.js';
import { useUpdateAgent } from '../api.js';
import s from '../components/settings.module.css';

const roleOrder: Role[] = ['agent', 'supervisor', 'admin'];

/** The roles, each with what it may do; changed at once. */
export function RolePanel({ person, lastAdmin }: { person: Agent; lastAdmin: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateAgent();
  const { id, name } = person;
  const choose = (role: Role) =>
    update.mutate(
      { id, role },
      {
        onSuccess: () =>
          showToast({ text: t('settings.people.roleChanged', { name, role: t(`ui.role.${role}`) }) }),
        onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }),
      },
    );
  return (
    <section className={s.panel}>
      <h2>{t('settings.people.role')}</h2>
      <fieldset disabled={lastAdmin || update.isPending} style={{ border: 0, padding: 0 }}>
        <legend className="sr">{t('settings.people.roleOf', { name })}</legend>
        <div className={s.choices}>
          {roleOrder.map((role) => (
            <label key={role} className={s.choice}>
              <input
                type="radio"
                name="role"
                value={role}
                checked={role === (update.isPending ? update.variables.role : person.role)}
                onChange={() => choose(role)}
              />
              <span>
                <b>{t(`ui.role.${role}`)}</b>
                <span className={s.choiceWhy}>{t(`settings.people.may.${role}`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <p style={{ margin: '10px 0 0' }}>
        {t(
          lastAdmin
            ? 'settings.people.lastAdmin'
            : id === me.id
              ? 'settings.people.ownRole'
              : 'settings.people.roleEnds',
        )}
      </p>
    </section>
  );
}
