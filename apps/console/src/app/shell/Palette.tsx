import { Modal, useComputedColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconLanguage, IconLogout, IconMoon, IconSearch } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { useCaseList } from '../../api/cases.js';
import { useFindCustomers } from '../../api/customers.js';
import { useSignOut } from '../../api/session.js';
import { ChannelMarks } from '../../ui/ChannelMark.js';
import { useCommandList } from '../../ui/commands.js';
import { Face } from '../../ui/Face.js';
import { Keys } from '../../ui/Keys.js';
import { useFocusBack } from '../../ui/useFocusBack.js';
import { useFormat } from '../../ui/useFormat.js';
import { currentLocale } from '../i18n.js';
import { useSwitchLocale, useTheme } from '../preferences.js';
import s from './palette.module.css';

interface Entry {
  id: string;
  group: string;
  label: string;
  hint?: string | undefined;
  icon?: ReactNode;
  keys?: string | undefined;
  channels?: readonly ChannelKind[];
  run: () => void;
}

/** `mod+shift+enter` → `⌘ ⇧ ↵`, `g i` → `G I`, `M` → `⇧ M` */
function shown(keys: string | undefined): string | undefined {
  if (keys && /^[A-Z]$/.test(keys)) return `⇧ ${keys}`;
  return keys?.replace('mod+', '⌘ ').replace('shift+', '⇧ ').replace('enter', '↵').toUpperCase();
}

function useOwnCommands(): Entry[] {
  const { t } = useTranslation();
  const { setTheme } = useTheme();
  const dark = useComputedColorScheme() === 'dark';
  const switchLocale = useSwitchLocale();
  const signOut = useSignOut();
  const group = t('app.group.preferences');
  const other = currentLocale() === 'id' ? 'en' : 'id';
  return [
    {
      id: 'language',
      group,
      label: t('app.palette.language'),
      icon: <IconLanguage size={17} stroke={1.7} />,
      run: () => switchLocale(other),
    },
    {
      id: 'theme',
      group,
      label: t('app.palette.theme'),
      icon: <IconMoon size={17} stroke={1.7} />,
      run: () => setTheme(dark ? 'light' : 'dark'),
    },
    {
      id: 'sign-out',
      group,
      label: t('app.signOut'),
      icon: <IconLogout size={17} stroke={1.7} />,
      run: () => signOut.mutate(),
    },
  ];
}

/** Customers by name or address, also misspelt; one leads to all his cases. */
function useFoundCustomers(q: string): { found: Entry[]; busy: boolean } {
  const { t } = useTranslation();
  const format = useFormat();
  const [, go] = useLocation();
  const list = useFindCustomers(q.length > 1 ? q : '');
  return {
    busy: q.length > 1 && list.isFetching,
    found: (q.length > 1 ? (list.data?.items ?? []) : []).slice(0, 5).map((customer) => {
      const address = format.phone(customer.identities[0]?.value ?? '');
      const name = customer.name ?? (address || t('app.palette.unknown'));
      const cases = t('app.palette.cases', { count: customer.caseCount });
      return {
        id: customer.id,
        group: t('app.group.customers'),
        label: name,
        hint: [customer.name === null ? '' : address, cases].filter(Boolean).join(' · '),
        icon: <Face name={name} size={20} silent />,
        run: () => go(`/inbox/all?status=all&customer=${customer.id}`),
      };
    }),
  };
}

function useFoundCases(q: string): { found: Entry[]; busy: boolean } {
  const { t } = useTranslation();
  const format = useFormat();
  const [, go] = useLocation();
  const list = useCaseList({ view: 'all', status: 'all', sort: 'newest', q }, q !== '');
  const items = q ? (list.data?.pages[0]?.items ?? []) : [];
  return {
    busy: q !== '' && list.isFetching,
    found: items.slice(0, 8).map((item) => {
      const name = item.customer.name ?? format.phone(item.customer.address ?? t('app.palette.unknown'));
      return {
        id: item.id,
        group: t('app.group.cases'),
        label: name,
        hint: `#${item.number} · ${item.subject}`,
        icon: <Face name={name} size={20} silent />,
        channels: item.channelKinds,
        run: () => go(`/inbox/all/${item.number}`),
      };
    }),
  };
}

/** One box for everything: commands of the screen in view, places, and cases by text, name, address or number. */
export function Palette({ onClose }: { onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const q = text.trim();
  const [settled] = useDebouncedValue(q, 60);
  const cases = useFoundCases(settled);
  const customers = useFoundCustomers(settled);
  const busy = cases.busy || customers.busy;
  const own = useOwnCommands();
  const registered = useCommandList()
    .toSorted((a, b) => (a.rank ?? 1) - (b.rank ?? 1))
    .flatMap((c): Entry[] => (c.group ? [{ ...c, group: c.group, keys: shown(c.keys) }] : []));
  const words = q.toLowerCase().split(/\s+/);
  const matching = [...registered, ...own].filter((entry) => {
    const said = `${entry.label} ${entry.hint ?? ''}`.toLowerCase();
    // of its heading only what it begins with: "re" does not mean preferences, and so to sign out
    const heading = entry.group.toLowerCase().split(/\s+/);
    return words.every((word) => said.includes(word) || heading.some((one) => one.startsWith(word)));
  });
  const hits = ordered(q ? [...matching, ...cases.found, ...customers.found] : matching);
  const active = Math.min(at, hits.length - 1);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    // after the dialog has given the focus back
    setTimeout(entry.run, 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = (active + step + hits.length) % Math.max(1, hits.length);
      setAt(next);
      document.getElementById(`palette-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(hits[active]);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={620}
      yOffset="13vh"
      attributes={{ content: { 'aria-label': t('app.keys.palette') } }}
    >
      <div className={s.in}>
        <IconSearch size={18} stroke={1.7} color="var(--lk-text-3)" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls="palette"
          aria-autocomplete="list"
          aria-activedescendant={hits.length ? `palette-${active}` : undefined}
          aria-label={t('app.palette.placeholder')}
          value={text}
          placeholder={t('app.palette.placeholder')}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Keys keys="Esc" />
      </div>
      <div
        className={s.list}
        role="listbox"
        id="palette"
        aria-label={t('app.palette.results')}
        aria-busy={busy}
      >
        {hits.map((entry, index) => (
          <div key={entry.id} role="presentation">
            {hits[index - 1]?.group !== entry.group && (
              <div className={s.g} role="presentation">
                {entry.group}
              </div>
            )}
            <div
              id={`palette-${index}`}
              role="option"
              aria-selected={index === active}
              className={s.row}
              onMouseMove={() => setAt(index)}
              onClick={() => run(entry)}
            >
              <span className={s.ic}>{entry.icon}</span>
              <span className={s.lab}>{entry.label}</span>
              {entry.hint && <span className={`${s.hint} cut`}>{entry.hint}</span>}
              <span className="grow" />
              {entry.channels && <ChannelMarks kinds={entry.channels} size={13} />}
              {entry.keys && <Keys keys={entry.keys} />}
            </div>
          </div>
        ))}
      </div>
      {hits.length === 0 && (
        <p className={s.none} role="status">
          {busy || settled !== q ? t('app.palette.searching') : t('app.palette.nothing', { q })}
        </p>
      )}
      <div className={s.foot}>
        <span>
          <Keys keys="↑ ↓" />
          {t('app.palette.move')}
        </span>
        <span>
          <Keys keys="↵" />
          {t('app.palette.run')}
        </span>
        <span className="grow" />
        <span className={s.tip}>{t('app.palette.tip')}</span>
      </div>
    </Modal>
  );
}

/** Same order as given, but with each group in one piece. */
function ordered(entries: Entry[]): Entry[] {
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return groups.flatMap((group) => entries.filter((entry) => entry.group === group));
}
