import { Menu } from '@mantine/core';
import { IconArrowBackUp, IconArrowsSplit2, IconDots, IconFileText, IconMessages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { openDialog } from '../../../ui/dialogs.js';
import { rawUrl } from '../api.js';
import { useDesk } from '../desk.js';
import { useOpenCase } from '../open-case.js';
import { useThreadIds } from './thread-actions.js';
import s from '../components/case.module.css';

interface MessageMenuProps {
  message: TimelineMessage;
  /** all that stand in this place: pictures of one go */
  ids: readonly string[];
}

/** What can be done with one message. */
export function MessageMenu({ message, ids }: MessageMenuProps) {
  const { t } = useTranslation();
  const number = useOpenCase();
  const desk = useDesk();
  const threadIds = useThreadIds();
  const split = (messageIds: readonly string[]) =>
    openDialog({ kind: 'split-case', number, messageIds: [...messageIds] });
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <button className={s.whyBtn} aria-label={t('case.messageMore')}>
          <IconDots size={14} stroke={1.9} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {desk.canQuote(message) && (
          <>
            <Menu.Item
              leftSection={<IconArrowBackUp size={15} />}
              onClick={() => desk.wish({ kind: 'quote', message })}
            >
              {t('case.act.replyTo')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item leftSection={<IconArrowsSplit2 size={15} />} onClick={() => split(ids)}>
          {t('case.act.splitMessage')}
        </Menu.Item>
        <Menu.Item leftSection={<IconMessages size={15} />} onClick={() => split(threadIds(message))}>
          {t('case.act.splitThread')}
        </Menu.Item>
        {message.hasRaw && (
          <>
            <Menu.Divider />
            <Menu.Item
              component="a"
              href={rawUrl(message.id)}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconFileText size={15} />}
            >
              {t('case.original')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
