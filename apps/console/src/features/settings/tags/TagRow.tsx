import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Tag, TagUsage } from '@loket/contracts/tags.js';
import { errorText } from '../../../api/error-text.js';
import { useUpdateTag } from '../../../api/tags.js';
import { TagDot } from '../../../ui/TagDot.js';
import { showToast } from '../../../ui/toasts.js';
import s from '../components/settings.module.css';
import g from './tags.module.css';

/** One agreed tag, and on how many cases it stands. */
export function TagRow({
  tag,
  used,
  counted,
  alone,
  onEdit,
  onMerge,
}: {
  tag: Tag;
  used: TagUsage | undefined;
  /** the figures are known */
  counted: boolean;
  /** there is no other tag that it could be merged into */
  alone: boolean;
  onEdit: () => void;
  onMerge: () => void;
}) {
  const { t } = useTranslation();
  const update = useUpdateTag();
  const { id, name, colour, description, archived, updating } = tag;
  const archive = (next: boolean) =>
    update.mutate(
      { id, archived: next },
      {
        onSuccess: () =>
          showToast({
            text: t(next ? 'settings.tags.nowArchived' : 'settings.tags.nowBack', { name }),
            ...(next && { undo: () => archive(false) }),
          }),
        onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }),
      },
    );
  return (
    <li className={`${s.r} ${g.row}`}>
      <TagDot colour={colour} />
      <button type="button" className={g.name} onClick={onEdit}>
        <b className="cut">{name}</b>
        {description && <small className="cut">{description}</small>}
      </button>
      <span className={`${s.dim} ${g.used}`}>
        {updating
          ? t('settings.tags.updating')
          : counted &&
            (used
              ? t('settings.tags.used', { count: used.cases, open: used.open })
              : t('settings.tags.unused'))}
      </span>
      <span className={s.end}>
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon aria-label={t('settings.people.more', { name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onEdit}>{t('settings.channels.edit')}</Menu.Item>
            {!alone && <Menu.Item onClick={onMerge}>{t('settings.tags.merge')}</Menu.Item>}
            <Menu.Item onClick={() => archive(!archived)}>
              {t(archived ? 'settings.tags.restore' : 'settings.tags.archive')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  );
}
