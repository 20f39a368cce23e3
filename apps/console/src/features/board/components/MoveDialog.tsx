import { useTranslation } from 'react-i18next';
import type { Board } from '@loket/contracts/board.js';
import type { TeamRef } from '@loket/contracts/teams.js';
import { useMe } from '../../../api/session.js';
import { AssignList } from '../../../ui/AssignList.js';
import type { AssignTarget } from '../../../ui/assign-rows.js';
import { Dialog } from '../../../ui/Dialog.js';
import { findCard } from '../board-model.js';

interface MoveDialogProps {
  board: Board;
  ids: readonly string[];
  teams: readonly TeamRef[];
  onPick: (to: AssignTarget, reason: string | undefined) => void;
  onClose: () => void;
}

/** The way to move cases without dragging: type a name, Enter. */
export function MoveDialog({ board, ids, teams, onPick, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const places = ids.flatMap((id) => findCard(board, id) ?? []);
  const [first] = places;
  if (!first) return null;
  const title =
    places.length === 1
      ? t('board.move.one', { number: first.card.number })
      : t('board.move.many', { count: places.length });
  return (
    <Dialog title={title} onClose={onClose} width={420}>
      <AssignList
        label={title}
        people={board.agents}
        teams={teams}
        me={me.id}
        agentId={places.length === 1 ? (first.card.assignee?.id ?? null) : null}
        release={places.some(({ card }) => card.assignee !== null)}
        asksWhy
        onPick={onPick}
        onClose={onClose}
      />
    </Dialog>
  );
}
