import { ActionIcon, Button, Checkbox, SegmentedControl, Select, Textarea } from '@mantine/core';
import { IconCheck, IconPhone, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { LoggedCall } from '@loket/contracts/call-views.js';
import { usePhoneLines } from '../../../api/calls.js';
import { errorText } from '../../../api/error-text.js';
import type { CallPrefill } from '../../../ui/call-dock.js';
import { outcomesOf } from '../call-form.js';
import { useLogCallForm, type LogCallForm } from '../useLogCallForm.js';
import { CallerSearch } from './CallerSearch.js';
import { CallElsewhere } from './CallElsewhere.js';
import { CallFiles } from './CallFiles.js';
import { Disposition } from './Disposition.js';
import { TalkTime } from './TalkTime.js';
import { WherePick } from './WherePick.js';
import s from './calls.module.css';

/**
 * Where a call is written down while one speaks. It stands beside the work, not over it: the case stays in reach, and
 * what is noted is saved as one writes.
 */
export function LogCallDock({ prefill, onClose }: { prefill: CallPrefill; onClose: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const lines = usePhoneLines();
  const [elsewhere, setElsewhere] = useState<LoggedCall | null>(null);
  const done = (number: number | null) => {
    onClose();
    if (number !== null) go(`/inbox/all/${number}`);
  };
  const call = useLogCallForm(lines, prefill, {
    onLogged: (logged) => {
      if (logged.elsewhere) setElsewhere(logged);
      else done(logged.caseNumber);
    },
  });
  const opener = useRef(document.activeElement);
  useEffect(() => {
    const back = opener.current;
    return () => {
      if (back instanceof HTMLElement) setTimeout(() => back.focus());
    };
  }, []);
  const { form, change } = call;
  if (elsewhere)
    return (
      <section className={s.dock} role="dialog" aria-labelledby="log-call">
        <CallElsewhere
          logged={elsewhere}
          wanted={{ id: form.where, number: form.whereNumber }}
          onDone={done}
        />
      </section>
    );
  return (
    <section className={s.dock} role="dialog" aria-labelledby="log-call">
      <form
        style={{ display: 'contents' }}
        onSubmit={(event) => {
          event.preventDefault();
          call.save();
        }}
        onKeyDown={(event) => {
          // first it closes the list of choices that is open
          const choosing = (event.target as Element).getAttribute('aria-expanded') === 'true';
          if (event.key === 'Escape' && !event.defaultPrevented && !choosing) onClose();
        }}
      >
        <header className={s.head}>
          <IconPhone size={17} stroke={1.8} aria-hidden />
          <h2 id="log-call" className="grow">
            {t('calls.log.title')}
          </h2>
          <TalkTime form={form} change={change} />
          <ActionIcon aria-label={t('ui.close')} size={32} onClick={onClose}>
            <IconX size={17} />
          </ActionIcon>
        </header>
        <div className={s.body}>
          {lines.length > 1 && (
            <Select
              label={t('calls.log.line')}
              data={lines.map((line) => ({ value: line.id, label: line.name }))}
              value={form.channelId}
              onChange={(channelId) => channelId && change({ channelId })}
              allowDeselect={false}
            />
          )}
          <SegmentedControl
            fullWidth
            aria-label={t('calls.log.direction')}
            value={form.direction}
            onChange={(value) =>
              change(
                value === 'outbound' ? { direction: 'outbound', withheld: false } : { direction: 'inbound' },
              )
            }
            data={[
              { value: 'inbound', label: t('calls.direction.inbound') },
              { value: 'outbound', label: t('calls.direction.outbound') },
            ]}
          />
          <CallerSearch form={form} change={change} />
          {form.direction === 'inbound' && (
            <Checkbox
              label={t('calls.log.withheld')}
              checked={form.withheld}
              onChange={(event) => change({ withheld: event.currentTarget.checked })}
            />
          )}
          <WherePick form={form} change={change} />
          <div className={s.two}>
            <Select
              label={t('calls.log.outcome')}
              data={outcomesOf[form.direction].map((value) => ({
                value,
                label: t(`calls.outcome.${value}`),
              }))}
              value={form.outcome}
              onChange={(outcome) => outcome && change({ outcome: outcome })}
              allowDeselect={false}
            />
            <Disposition form={form} change={change} />
          </div>
          <Textarea
            label={t('calls.log.notes')}
            autosize
            minRows={4}
            maxRows={12}
            value={form.notes}
            onChange={(event) => change({ notes: event.target.value })}
          />
          <CallFiles form={form} change={change} />
          {call.error !== null && (
            <p className={s.error} role="alert">
              {errorText(t, call.error)}
            </p>
          )}
        </div>
        <Foot call={call} onClose={onClose} />
      </form>
    </section>
  );
}

function Foot({ call, onClose }: { call: LogCallForm; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <footer className={s.foot}>
      <span className={`${s.saved} grow`} role="status">
        {call.draft === 'none' ? '' : t(`calls.log.draft.${call.draft}`)}
      </span>
      <Button
        variant="subtle"
        color="gray"
        onClick={() => {
          call.discard();
          onClose();
        }}
      >
        {t('calls.log.discard')}
      </Button>
      <Button
        type="submit"
        loading={call.saving}
        disabled={!call.ready}
        leftSection={<IconCheck size={15} />}
      >
        {t('calls.log.save')}
      </Button>
    </footer>
  );
}
