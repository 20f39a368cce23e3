import { Drawer, Popover, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unreadIn, useNotices } from '../../../api/notices.js';
import { NoticePanel } from './NoticePanel.js';
import s from './notices.module.css';

interface NoticeBellProps {
  /** class of the button: it stands in three different rows */
  className: string | undefined;
  size?: number;
  /** words below the bell, on a phone: the list then comes over the whole screen */
  phone?: boolean;
}

/** The bell, how much is unread, and the list behind it. */
export function NoticeBell({ className, size = 17, phone = false }: NoticeBellProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const unread = unreadIn(useNotices().data);
  const told = unread > 0 ? t('notices.unread', { count: unread }) : t('notices.open');
  // what one sees is part of how it is called (WCAG 2.5.3)
  const label = phone && unread > 0 ? `${t('notices.title')}, ${told}` : told;
  const close = () => setOpen(false);
  const button = (
    <button
      className={className}
      aria-label={label}
      aria-expanded={open}
      aria-haspopup="dialog"
      onClick={() => setOpen(!open)}
    >
      <span className={s.bell}>
        <IconBell size={size} stroke={1.7} />
        {unread > 0 && <span className={s.badge} aria-hidden data-n={unread > 99 ? '99+' : unread} />}
      </span>
      {phone && <span aria-hidden>{t('notices.title')}</span>}
    </button>
  );
  if (phone) {
    return (
      <>
        {button}
        <Drawer
          opened={open}
          onClose={close}
          position="bottom"
          size="100%"
          padding={0}
          withCloseButton={false}
          attributes={{ content: { 'aria-label': t('notices.title') } }}
          classNames={{ body: s.drawerBody ?? '' }}
        >
          <NoticePanel onClose={close} phone />
        </Drawer>
      </>
    );
  }
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="right-start"
      offset={10}
      trapFocus
      returnFocus
      width={392}
      shadow="lg"
    >
      <Popover.Target>
        <Tooltip label={label} disabled={open} position="right">
          {button}
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <NoticePanel onClose={close} />
      </Popover.Dropdown>
    </Popover>
  );
}
