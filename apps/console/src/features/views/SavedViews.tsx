import { Menu, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import {
  IconArrowDown,
  IconArrowUp,
  IconBookmark,
  IconDots,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import type { SavedView } from '@loket/contracts/saved-views.js';
import { errorText } from '../../api/error-text.js';
import { useCaseCounts } from '../../api/cases.js';
import { useSavedViews } from '../../api/saved-views.js';
import { useMe } from '../../api/session.js';
import { openDialog } from '../../ui/dialogs.js';
import { showToast } from '../../ui/toasts.js';
import { useFormat } from '../../ui/useFormat.js';
import { deleteView, hideView, showView, useMoveView } from './api.js';
import { filterAt, isAtView, viewAddress } from './view-address.js';
import s from './views.module.css';

interface SavedViewsProps {
  /** classes of the rail: a heading, and a place in it */
  heading: string | undefined;
  item: string | undefined;
  count: string | undefined;
}

/** Lists that one keeps at hand: one's own first, then what supervisors share. */
export function SavedViews({ heading, item, count }: SavedViewsProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [path] = useLocation();
  const search = useSearch();
  const views = useSavedViews().data ?? [];
  const counts = useCaseCounts().data?.views;
  const filter = filterAt(path, search);
  const format = useFormat();
  const mayChange = ({ ownerId }: SavedView) => ownerId === me.id || me.role !== 'agent';
  const mine = views.filter(({ ownerId }) => ownerId === me.id);
  return (
    <section aria-label={t('views.title')}>
      <div className={heading}>
        <span>{t('views.title')}</span>
        <Tooltip label={t('views.save')} position="right">
          <button
            className={s.add}
            aria-label={t('views.save')}
            disabled={filter === null}
            onClick={() => filter && openDialog({ kind: 'save-view', filter })}
          >
            <IconPlus size={15} stroke={1.8} />
          </button>
        </Tooltip>
      </div>
      {views.length === 0 && <p className={s.hint}>{t('views.empty')}</p>}
      {views.map((view) => (
        <div key={view.id} className={s.row} data-menu={mayChange(view) || undefined}>
          <Link
            href={viewAddress(view.filter, view.id)}
            className={item}
            aria-current={isAtView(path, search, view.filter, view.id) ? 'page' : undefined}
          >
            <IconBookmark size={16} stroke={1.7} />
            <span className="cut">{view.name}</span>
            <span className={s.end}>
              {view.shared && (
                <span className={s.shared} title={t('views.sharedMark')}>
                  <IconUsers size={13} stroke={1.8} aria-hidden />
                  <span className="sr">{t('views.sharedMark')}</span>
                </span>
              )}
              {(counts?.[view.id] ?? 0) > 0 && (
                <span className={count}>{format.badge(counts?.[view.id] ?? 0)}</span>
              )}
            </span>
          </Link>
          {mayChange(view) && (
            <ViewMenu
              view={view}
              onEdit={() => openDialog({ kind: 'save-view', filter: view.filter, view })}
              up={mine.indexOf(view) > 0}
              down={mine.includes(view) && mine.indexOf(view) < mine.length - 1}
            />
          )}
        </div>
      ))}
    </section>
  );
}

interface ViewMenuProps {
  view: SavedView;
  onEdit: () => void;
  /** there is a place above, below */
  up: boolean;
  down: boolean;
}

function ViewMenu({ view, onEdit, up, down }: ViewMenuProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe();
  const [, go] = useLocation();
  const search = useSearch();
  const move = useMoveView(me.id);
  const remove = () => {
    hideView(view.id);
    if (new URLSearchParams(search).get('saved') === view.id) go(viewAddress({ ...view.filter }));
    showToast({
      text: t('views.deleted', { name: view.name }),
      undo: () => showView(client, view.id),
      gone: () =>
        void deleteView(view.id).catch((error: unknown) => {
          showView(client, view.id);
          showToast({ text: errorText(t, error), tone: 'danger' });
        }),
    });
  };
  return (
    <Menu position="right-start" width={190}>
      <Menu.Target>
        <button className={s.dots} aria-label={t('views.menu', { name: view.name })}>
          <IconDots size={15} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
          {t('views.edit')}
        </Menu.Item>
        {up && (
          <Menu.Item
            leftSection={<IconArrowUp size={15} />}
            onClick={() => move.mutate({ id: view.id, by: -1 })}
          >
            {t('views.up')}
          </Menu.Item>
        )}
        {down && (
          <Menu.Item
            leftSection={<IconArrowDown size={15} />}
            onClick={() => move.mutate({ id: view.id, by: 1 })}
          >
            {t('views.down')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={15} />} onClick={remove}>
          {t('views.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
