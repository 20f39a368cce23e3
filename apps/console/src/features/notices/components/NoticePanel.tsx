import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconBell, IconChecks, IconSettings, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { unreadIn, useNotices, useReadNotices } from '../../../api/notices.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { NoticeRow } from './NoticeRow.js';
import s from './notices.module.css';

const shown = ['all', 'unread'] as const;
type Shown = (typeof shown)[number];

interface NoticePanelProps {
  onClose: () => void;
  /** over the whole screen: larger targets, and a way out */
  phone?: boolean;
}

/** My news: what was given to me or taken, who named me, what is new where I follow. */
export function NoticePanel({ onClose, phone = false }: NoticePanelProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const list = useNotices();
  const read = useReadNotices();
  const late = useLate(list.isPending);
  const [show, setShow] = useState<Shown>('all');
  const notices = list.data?.pages.flatMap((page) => page.items) ?? [];
  const some = show === 'all' ? notices : notices.filter((notice) => !notice.read);
  const unread = unreadIn(list.data);
  const target = phone ? 44 : 28;
  const settings = () => {
    onClose();
    go('/settings/notices');
  };
  return (
    <section className={s.panel} aria-label={t('notices.title')}>
      <header className={s.head}>
        <h2 className="grow">{t('notices.title')}</h2>
        <Tooltip label={t('notices.readAll')}>
          <ActionIcon
            size={target}
            aria-label={t('notices.readAll')}
            disabled={unread === 0}
            onClick={() => read.mutate({})}
          >
            <IconChecks size={17} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('notices.settings')}>
          <ActionIcon size={target} aria-label={t('notices.settings')} onClick={settings}>
            <IconSettings size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        {phone && (
          <ActionIcon size={target} aria-label={t('ui.close')} onClick={onClose}>
            <IconX size={18} />
          </ActionIcon>
        )}
      </header>
      <div className={s.filter}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('notices.show.label')}
          value={show}
          onChange={setShow}
          data={shown.map((value) => ({
            value,
            label:
              value === 'unread' && unread > 0
                ? `${t('notices.show.unread')} ${unread}`
                : t(`notices.show.${value}`),
          }))}
        />
      </div>
      <div className={s.list}>
        {late && <Skeleton lines={6} gap={18} />}
        {list.isError && (
          <EmptyState
            action={
              <Button size="xs" variant="default" onClick={() => void list.refetch()}>
                {t('ui.retry')}
              </Button>
            }
          >
            {t('notices.failed')}
          </EmptyState>
        )}
        {list.isSuccess && some.length === 0 && (
          <EmptyState
            icon={<IconBell size={26} stroke={1.4} />}
            title={t(
              show === 'unread' && notices.length > 0 ? 'notices.empty.unreadTitle' : 'notices.empty.title',
            )}
          >
            {notices.length === 0 && t('notices.empty.hint')}
          </EmptyState>
        )}
        {some.length > 0 && (
          <ul>
            {some.map((notice) => (
              <NoticeRow
                key={notice.id}
                notice={notice}
                onOpen={({ id, read: known }) => {
                  if (!known) read.mutate({ ids: [id] });
                  onClose();
                }}
              />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <Button
            fullWidth
            variant="subtle"
            size="xs"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('notices.older')}
          </Button>
        )}
      </div>
    </section>
  );
}
