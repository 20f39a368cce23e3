import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgentRefs } from '../../../api/cases.js';
import type { CaseListParams } from '../../../api/keys.js';
import { useTeams } from '../../../api/teams.js';
import { without } from '../list-params.js';
import { parseSearch } from '../search-tokens.js';
import s from './inbox.module.css';

interface FindProps {
  params: CaseListParams;
  onParams: (params: CaseListParams) => void;
  onClose: () => void;
  /** Enter or ↓: on to what was found */
  onDown: () => void;
}

/** Searches the list as one types; tokens such as `tim:retur` become filters as soon as they are complete. */
export function Find({ params, onParams, onClose, onDown }: FindProps) {
  const { t } = useTranslation();
  const agents = useAgentRefs().data ?? [];
  const teams = useTeams().data ?? [];
  const [text, setText] = useState(params.q ?? '');
  const box = useRef<HTMLInputElement>(null);
  const latest = useRef(params);
  latest.current = params;
  useEffect(() => box.current?.focus(), []);
  const apply = (typed: string, finished: boolean) => {
    const { words, filters, status } = parseSearch(typed, { agents, teams }, finished);
    const q = words.trim().slice(0, 200);
    const next = { ...without(latest.current, 'q'), ...filters, ...(status && { status }), ...(q && { q }) };
    const taken = Object.keys(filters).length > 0 || status !== undefined;
    if (taken) setText(words);
    if (taken || q !== (latest.current.q ?? '')) onParams(next);
  };
  const later = useDebouncedCallback((typed: string) => apply(typed, false), 150);
  return (
    <div className={s.find} role="search">
      <TextInput
        ref={box}
        type="search"
        size="xs"
        aria-label={t('inbox.find.label')}
        placeholder={t('inbox.find.placeholder')}
        leftSection={<IconSearch size={14} stroke={1.8} />}
        rightSection={<CloseButton size="sm" aria-label={t('inbox.find.clear')} onClick={onClose} />}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          later(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          else if ((event.key === 'Enter' || event.key === 'ArrowDown') && !event.nativeEvent.isComposing) {
            event.preventDefault();
            later.cancel();
            apply(text, true);
            onDown();
          }
        }}
      />
      {text === '' && <p className={s.findHint}>{t('inbox.find.hint')}</p>}
    </div>
  );
}
