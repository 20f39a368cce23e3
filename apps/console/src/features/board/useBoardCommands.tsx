import { IconArrowsExchange, IconCheck, IconHandGrab, IconMessage2Share } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Board } from '@loket/contracts/board.js';
import type { CaseStatus } from '@loket/contracts/cases.js';
import { useMe } from '../../api/session.js';
import type { AssignTarget } from '../../ui/assign-rows.js';
import { useCommands } from '../../ui/commands.js';
import { openDialog } from '../../ui/dialogs.js';
import { findCard, isThere, type Move, type Place } from './board-model.js';
import { stepTo } from './steps.js';
import type { Hand } from './useHand.js';

interface Ways {
  move: (moves: readonly Move[], reason?: string) => void;
  force: (caseIds: readonly string[], status: CaseStatus) => void;
  /** asks where to */
  pick: (caseIds: readonly string[]) => void;
}

export interface BoardActions {
  /** without a reason the person is asked for one; empty = there is none */
  moveTo: (caseIds: readonly string[], to: AssignTarget, reason?: string) => void;
  pick: (caseIds: readonly string[]) => void;
  takeOver: (caseIds: readonly string[]) => void;
  whisper: (place: Place) => void;
  force: (caseIds: readonly string[], status: CaseStatus) => void;
  open: (number: number) => void;
  toggle: (caseId: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** What can be done with cases on the board, and the keys for it. */
export function useBoardCommands(board: Board | undefined, hand: Hand, ways: Ways): BoardActions {
  const { t } = useTranslation();
  const me = useMe();
  const [, go] = useLocation();
  const places = (ids: readonly string[]) => ids.flatMap((id) => (board ? (findCard(board, id) ?? []) : []));
  const moveTo: BoardActions['moveTo'] = (ids, to, reason) => {
    const moving = places(ids).filter((place) => !isThere(place, to));
    if (moving.length === 0) return;
    hand.clear();
    if (reason !== undefined && moving[0]) hand.follow(moving[0].card.id);
    ways.move(
      moving.map(({ card }) => ({ caseId: card.id, to })),
      reason,
    );
  };
  const takeOver = (ids: readonly string[]) => moveTo(ids, { kind: 'agent', id: me.id, name: me.name });
  const whisper = ({ card }: Place) => {
    if (card.assignee && card.assignee.id !== me.id)
      openDialog({ kind: 'whisper', caseId: card.id, number: card.number, to: card.assignee });
  };
  const open = (number: number) => go(`/inbox/all/${number}`);
  const pick = (ids: readonly string[]) => ids.length > 0 && ways.pick(ids);
  const force: BoardActions['force'] = (ids, status) => {
    hand.clear();
    ways.force(ids, status);
  };
  const about = () => hand.about();
  const group = t('board.title');
  useCommands([
    {
      id: 'board-move',
      group,
      rank: 0,
      label: t('board.act.move'),
      keys: 'a',
      icon: <IconArrowsExchange size={17} stroke={1.7} />,
      run: () => pick(about()),
    },
    {
      id: 'board-take',
      group,
      rank: 0,
      label: t('board.act.takeOver'),
      keys: 'i',
      icon: <IconHandGrab size={17} stroke={1.7} />,
      run: () => takeOver(about()),
    },
    {
      id: 'board-whisper',
      group,
      rank: 0,
      label: t('board.act.whisper'),
      keys: 'w',
      icon: <IconMessage2Share size={17} stroke={1.7} />,
      run: () => places(about()).slice(0, 1).forEach(whisper),
    },
    {
      id: 'board-done',
      group,
      rank: 0,
      label: t('board.act.done'),
      keys: 'e',
      icon: <IconCheck size={17} stroke={1.7} />,
      run: () => force(about(), 'resolved'),
    },
    {
      id: 'board-select',
      label: t('board.act.select'),
      keys: 'x',
      run: () => hand.shown.current !== null && hand.shown.toggle(hand.shown.current),
    },
    {
      id: 'board-open',
      label: t('board.act.open'),
      keys: 'o',
      run: () =>
        places(about())
          .slice(0, 1)
          .forEach(({ card }) => open(card.number)),
    },
    {
      id: 'board-leave',
      label: '',
      keys: 'esc',
      run: () => (hand.looked === null ? hand.clear() : hand.look(null)),
    },
  ]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const card = (event.target as HTMLElement).dataset['card'];
    if (card === undefined) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      pick(hand.shown.selected.has(card) ? about() : [card]);
    } else if (event.key === ' ') {
      event.preventDefault();
      hand.shown.look(card);
    } else if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      stepTo(event.currentTarget, event.target as HTMLElement, event.key);
    }
  };
  return { moveTo, pick, takeOver, whisper, force, open, toggle: hand.shown.toggle, onKeyDown };
}
