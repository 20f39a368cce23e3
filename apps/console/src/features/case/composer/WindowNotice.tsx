import { Button } from '@mantine/core';
import { IconArrowForwardUp, IconClockHour4, IconLock, IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplyOption } from '@loket/contracts/cases.js';
import { useChannelName } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { hoursAndMinutes, type ReplyWindow } from './reply-window.js';
import w from './window.module.css';

/** How long free text can still be sent; louder in the last two hours. */
export function WindowChip({ window, option }: { window: ReplyWindow; option: ReplyOption }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useChannelName();
  if (window.state !== 'open') return null;
  const { hours, minutes } = hoursAndMinutes(window.leftMs);
  const left = window.soon
    ? t(hours > 0 ? 'case.window.hm' : 'case.window.m', { hours, minutes })
    : t('case.window.h', { hours });
  const rule = t('case.window.rule', {
    channel: name(option.channelKind),
    at: format.full(window.closesAt),
  });
  return (
    <span className={w.chip} data-soon={window.soon || undefined} title={rule}>
      <IconClockHour4 size={14} stroke={1.8} aria-hidden />
      <span className={w.long}>{t('case.window.left', { left })}</span>
      <span className={w.short} aria-hidden>
        {left}
      </span>
    </span>
  );
}

interface WindowClosedProps {
  window: Extract<ReplyWindow, { state: 'closed' }>;
  option: ReplyOption;
  /** null: this channel has none */
  onTemplate: (() => void) | null;
  wayOn: ReplyOption | null;
  onWayOn: () => void;
  phone: boolean;
}

/** In the place of the box when it is too late for free text: why, and the ways that are left. */
export function WindowClosed({ window, option, onTemplate, wayOn, onWayOn, phone }: WindowClosedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useChannelName();
  const channel = name(option.channelKind);
  const height = phone ? 44 : 32;
  return (
    <div className={w.closed}>
      <span className={w.lock}>
        <IconLock size={18} stroke={1.7} aria-hidden />
      </span>
      <div className="grow" role="status">
        <b>{t('case.window.closed', { channel })}</b>
        <p>
          {window.since
            ? t('case.window.since', { at: format.full(window.since) })
            : t('case.window.never', { channel })}{' '}
          {t(onTemplate ? 'case.window.template' : 'case.window.wait')}
        </p>
      </div>
      <div className={w.ways}>
        {wayOn && (
          <Button
            h={height}
            variant="default"
            leftSection={<IconArrowForwardUp size={16} stroke={1.8} />}
            onClick={onWayOn}
          >
            {t('case.goOn', { channel: name(wayOn.channelKind) })}
          </Button>
        )}
        {onTemplate && (
          <Button h={height} leftSection={<IconTemplate size={16} stroke={1.8} />} onClick={onTemplate}>
            {t('case.template.choose')}
          </Button>
        )}
      </div>
    </div>
  );
}
