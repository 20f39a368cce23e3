import { Button, CloseButton } from '@mantine/core';
import {
  IconArrowsExchange,
  IconExternalLink,
  IconHandGrab,
  IconMessage2Share,
  IconSquareCheck,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePresence, useWatchCase } from '../../../api/live.js';
import { useMe } from '../../../api/session.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { AgentFace } from '../../../ui/Face.js';
import { Keys } from '../../../ui/Keys.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { waitTone, type Place } from '../board-model.js';
import { useBoardHand } from '../hand.js';
import type { BoardActions } from '../useBoardCommands.js';
import s from './board.module.css';
import { StatusMenu } from './StatusMenu.js';

interface CasePanelProps {
  place: Place;
  now: Date;
  phone: boolean;
  act: BoardActions;
  onClose: () => void;
}

/** One card, larger, with all that can be done about it. */
export function CasePanel({ place, now, phone, act, onClose }: CasePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const me = useMe();
  const hand = useBoardHand();
  const { card } = place;
  const { assignee } = card;
  useWatchCase(card.id);
  const present = usePresence(card.id);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (phone) title.current?.focus();
  }, [phone]);
  const height = phone ? { h: 44 } : {};
  return (
    <aside className={s.card2} data-phone={phone || undefined} aria-label={t('board.card')}>
      <header>
        <span className="num">#{card.number}</span>
        <ChannelMarks kinds={card.channelKinds} size={13} />
        <span className="grow" />
        <CloseButton size={phone ? 'lg' : 'sm'} aria-label={t('ui.close')} onClick={onClose} />
      </header>
      <h2 ref={title} tabIndex={-1}>
        {card.subject || t('board.noSubject')}
      </h2>
      <p className={s.about}>{card.preview}</p>
      <dl>
        <dt>{t('board.field.customer')}</dt>
        <dd>{nameOf(card.customer)}</dd>
        <dt>{t('board.field.agent')}</dt>
        <dd>
          {assignee && <AgentFace agent={assignee} size={18} silent />}
          {assignee?.name ?? t('board.waiting')}
        </dd>
        <dt>{t('board.field.team')}</dt>
        <dd>{card.team?.name ?? t('board.noTeam')}</dd>
        <dt>{t('board.field.waits')}</dt>
        <dd data-s={waitTone(card.waitingSince, now)}>
          {card.waitingSince === null
            ? t('board.atCustomer')
            : format.span(now.getTime() - Date.parse(card.waitingSince))}
        </dd>
        {present.length > 0 && (
          <>
            <dt>{t('board.field.present')}</dt>
            <dd>{present.map(({ name, state }) => t(`board.present.${state}`, { name })).join(', ')}</dd>
          </>
        )}
      </dl>
      <div className={s.acts}>
        <Button
          {...height}
          leftSection={<IconArrowsExchange size={16} stroke={1.8} />}
          rightSection={<Keys keys="A" />}
          variant="default"
          onClick={() => act.pick([card.id])}
        >
          {t('board.act.move')}
        </Button>
        {assignee?.id !== me.id && (
          <Button
            {...height}
            leftSection={<IconHandGrab size={16} stroke={1.8} />}
            rightSection={<Keys keys="I" />}
            variant="default"
            onClick={() => act.takeOver([card.id])}
          >
            {t('board.act.takeOver')}
          </Button>
        )}
        {assignee && assignee.id !== me.id && (
          <Button
            {...height}
            leftSection={<IconMessage2Share size={16} stroke={1.8} />}
            rightSection={<Keys keys="W" />}
            variant="default"
            onClick={() => act.whisper(place)}
          >
            {t('board.act.whisper')}
          </Button>
        )}
        <Button
          {...height}
          leftSection={<IconSquareCheck size={16} stroke={1.8} />}
          rightSection={<Keys keys="X" />}
          variant="default"
          aria-pressed={hand.selected.has(card.id)}
          onClick={() => act.toggle(card.id)}
        >
          {t(hand.selected.has(card.id) ? 'board.act.unselect' : 'board.act.select')}
        </Button>
        <div className={s.row2}>
          <StatusMenu status={card.status} tall={phone} onPick={(status) => act.force([card.id], status)} />
          <Button
            {...(phone ? { h: 44 } : { size: 'xs' })}
            component={Link}
            href={`/inbox/all/${card.number}`}
            leftSection={<IconExternalLink size={15} stroke={1.8} />}
          >
            {t('board.act.open')}
          </Button>
        </div>
      </div>
    </aside>
  );
}
