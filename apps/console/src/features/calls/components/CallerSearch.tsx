import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhoneCall } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Caller } from '@loket/contracts/call-views.js';
import { useCallers } from '../../../api/calls.js';
import { Face } from '../../../ui/Face.js';
import { useFormat } from '../../../ui/useFormat.js';
import type { CallForm } from '../call-form.js';
import type { CallPart } from './TalkTime.js';
import s from './calls.module.css';

/** The number, and whoever has one like it, with each digit anew. */
export function CallerSearch({ form, change }: CallPart) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed] = useDebouncedValue(form.number.trim(), 90);
  const callers = useCallers(form.withheld ? '' : typed, form.channelId);
  const found = form.withheld || typed.replace(/\D/g, '').length < 3 ? [] : (callers.data ?? []);
  const only = exactly(found, form.number);
  useFollow(only, form, change);
  if (form.withheld) return null;
  const searched = callers.isSuccess && typed.replace(/\D/g, '').length >= 3 && !callers.isPlaceholderData;
  return (
    <>
      <TextInput
        type="tel"
        inputMode="tel"
        autoComplete="off"
        data-autofocus
        autoFocus
        label={t('calls.log.number')}
        placeholder="0812…"
        maxLength={40}
        value={form.number}
        onChange={(event) => change({ number: event.target.value, name: '' })}
      />
      {found.length > 0 && (
        <ul className={s.callers} aria-label={t('calls.log.callers')}>
          {found.map((caller) => {
            const name = caller.name ?? format.phone(caller.identity.value);
            return (
              <li key={caller.customerId}>
                <button
                  type="button"
                  className={s.caller}
                  aria-pressed={caller === only}
                  onClick={() => change({ number: caller.identity.verbatim, ...placeOf(caller) })}
                >
                  <Face name={name} size={26} silent />
                  <span className="grow" style={{ minWidth: 0 }}>
                    <b className="cut">{name}</b>
                    <small className="cut">
                      {format.phone(caller.identity.value)}
                      {caller.openCases > 0 && ` · ${t('calls.openCases', { count: caller.openCases })}`}
                    </small>
                  </span>
                  {caller.cases.some((one) => one.callback) && (
                    <IconPhoneCall size={15} aria-label={t('calls.callback.waits')} role="img" />
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {searched && found.length === 0 && (
        <>
          <p className={s.hint} role="status">
            {t('calls.log.nobody')}
          </p>
          <TextInput
            label={t('calls.log.name')}
            maxLength={255}
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </>
      )}
    </>
  );
}

const digits = (text: string) => text.replace(/\D/g, '');

/** The one whose whole number was typed, in whatever spelling. */
function exactly(found: readonly Caller[], number: string): Caller | null {
  const end = digits(number).replace(/^0+/, '');
  const [first] = found.filter(({ identity }) => {
    const value = digits(identity.value);
    return end.length >= 7 && (value === end || (value.endsWith(end) && value.length - end.length <= 3));
  });
  return first ?? null;
}

/** The call goes to his open case, as long as the agent has not chosen another. */
function useFollow(only: Caller | null, form: CallForm, change: CallPart['change']) {
  const place = only && placeOf(only);
  const where = place?.where;
  useEffect(() => {
    if (place && form.where === 'new' && where !== 'new') change(place);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a choice of the agent must not be undone by the next digit
  }, [where]);
}

function placeOf({ cases }: Caller): Pick<CallForm, 'where' | 'whereNumber'> {
  const open = cases.filter(({ status }) => status !== 'resolved');
  const [one] = open.filter(({ callback }) => callback).concat(open);
  return one ? { where: one.id, whereNumber: one.number } : { where: 'new', whereNumber: null };
}
