import { Button } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentDetail } from '@loket/contracts/incidents.js';
import { useCommands } from '../../../ui/commands.js';
import { isMac, ButtonKeys } from '../../../ui/Keys.js';
import { useFormat } from '../../../ui/useFormat.js';
import { SendUpdate } from './SendUpdate.js';
import s from './incidents.module.css';

/** Written but not sent yet, by incident; kept while the page is open. */
const drafts = new Map<string, string>();

/** Write once; whom it reaches is shown before anything is sent. */
export function UpdateComposer({ incident, phone }: { incident: IncidentDetail; phone: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(drafts.get(incident.id) ?? '');
  const [sending, setSending] = useState(false);
  const count = incident.cases.length;
  const change = (next: string) => {
    setText(next);
    if (next) drafts.set(incident.id, next);
    else drafts.delete(incident.id);
  };
  useLayoutEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * (phone ? 0.3 : 0.4))}px`;
  }, [text, phone]);
  useCommands([
    {
      id: 'tell-customers',
      label: t('incidents.write'),
      group: `INC-${incident.number}`,
      rank: 0,
      keys: 'r',
      run: () => area.current?.focus(),
    },
  ]);
  const idle = count === 0 || text.trim() === '';
  const insertName = () => {
    const box = area.current;
    const at = box?.selectionStart ?? text.length;
    const before = text.slice(0, at);
    const gap = before === '' || /\s$/.test(before) ? '' : ' ';
    change(`${before}${gap}{{name}}${text.slice(box?.selectionEnd ?? at)}`);
    const end = at + gap.length + '{{name}}'.length;
    setTimeout(() => {
      box?.focus();
      box?.setSelectionRange(end, end);
    }, 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
      event.preventDefault();
      if (!idle) setSending(true);
    } else if (event.key === 'Escape') area.current?.blur();
  };
  return (
    <div className={s.composer}>
      <textarea
        ref={area}
        rows={phone ? 2 : 3}
        maxLength={20_000}
        aria-label={t('incidents.write')}
        placeholder={t(count === 0 ? 'incidents.writeNobody' : 'incidents.writeTo', {
          count,
          n: format.number(count),
        })}
        disabled={count === 0}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className={s.cBot}>
        <Button
          size="xs"
          variant="subtle"
          disabled={count === 0}
          leftSection={<IconUser size={14} stroke={1.8} />}
          onClick={insertName}
        >
          {t('incidents.insertName')}
        </Button>
        <span className={`${s.privacy} grow`}>{!phone && t('incidents.privacy')}</span>
        <Button
          h={phone ? 44 : 32}
          disabled={idle}
          rightSection={phone ? undefined : <ButtonKeys keys="⌘ ↵" />}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={() => setSending(true)}
        >
          {t('incidents.review')}
        </Button>
      </div>
      {sending && (
        <SendUpdate
          incident={incident}
          text={text.trim()}
          onClose={() => setSending(false)}
          onSent={() => {
            setSending(false);
            change('');
          }}
        />
      )}
    </div>
  );
}
