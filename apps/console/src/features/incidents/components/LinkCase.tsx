import { Button, Popover } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { IncidentDetail } from '@loket/contracts/incidents.js';
import { useCaseList } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { linkCase, unlinkCase } from '../../../api/incidents.js';
import { showToast } from '../../../ui/toasts.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import s from './incidents.module.css';

/** Finds a case by number, name or words and links it. Stays open: often there are several. */
export function LinkCase({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={320}
      trapFocus
      returnFocus
      attributes={{ dropdown: { 'aria-label': t('incidents.link') } }}
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} stroke={2} />}
          onClick={() => setOpened((open) => !open)}
        >
          {t('incidents.link')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown data-layer>
        <Finder incident={incident} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Finder({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const nameOf = usePersonName();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [q] = useDebouncedValue(text.trim(), 150);
  const list = useCaseList({ view: 'all', status: q ? 'all' : 'open', sort: 'newest', ...(q && { q }) });
  const linked = new Set(incident.cases.map((one) => one.id));
  const found = (list.data?.pages[0]?.items ?? []).filter((one) => !linked.has(one.id));
  // those of another incident cannot be linked, but whoever looks for one should see why
  const taken = q ? found.filter((one) => one.incident) : [];
  const hits = [...found.filter((one) => !one.incident), ...taken].slice(0, 8);
  const active = Math.max(0, Math.min(at, hits.length - 1));
  const fail = (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) });
  const link = async (summary: CaseSummary | undefined) => {
    if (!summary || summary.incident) return;
    try {
      await linkCase(client, incident.id, summary.id);
      const back = () => void unlinkCase(client, incident.id, summary.id).catch(fail);
      showToast({ text: t('incidents.linked', { number: summary.number }), undo: back });
    } catch (error) {
      fail(error);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setAt((active + by + hits.length) % Math.max(1, hits.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void link(hits[active]);
    }
  };
  return (
    <>
      <input
        className={s.findIn}
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="link-cases"
        aria-activedescendant={hits.length > 0 ? `link-case-${active}` : undefined}
        aria-label={t('incidents.findCase')}
        placeholder={t('incidents.findCase')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="link-cases" role="listbox" aria-label={t('incidents.findCase')} aria-busy={list.isFetching}>
        {hits.map((summary, index) => (
          <div
            key={summary.id}
            id={`link-case-${index}`}
            role="option"
            aria-selected={index === active}
            aria-disabled={summary.incident ? true : undefined}
            className={s.hit}
            onMouseMove={() => setAt(index)}
            onClick={() => void link(summary)}
          >
            <span className="cut">
              <span className="num">#{summary.number}</span> <b>{nameOf(summary.customer)}</b>
            </span>
            <small className="cut">
              {summary.incident
                ? t('incidents.isIn', { number: summary.incident.number })
                : summary.subject || summary.preview}
            </small>
          </div>
        ))}
      </div>
      {hits.length === 0 && !list.isFetching && <p className={s.findNone}>{t('ui.noMatches')}</p>}
    </>
  );
}
