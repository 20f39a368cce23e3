import {
  IconAlertOctagon,
  IconArrowsSplit2,
  IconCircleCheck,
  IconGitMerge,
  IconHandGrab,
  IconHistory,
  IconRefresh,
  IconRoute,
  IconUserShare,
} from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { isCase, useChangeCase, type CaseChange } from '../../api/cases.js';
import { ApiError } from '../../api/client.js';
import { errorText } from '../../api/error-text.js';
import { useMe } from '../../api/session.js';
import { useCommands } from '../../ui/commands.js';
import { openDialog } from '../../ui/dialogs.js';
import { showToast } from '../../ui/toasts.js';

export interface CaseActions {
  /** paints at once; tells in one sentence what happened, with a way back */
  change: (change: CaseChange) => void;
  take: () => void;
  finish: () => void;
}

const worthTelling = ['assignee', 'team', 'status', 'priority'] as const;

/** @param onFinished the case was resolved here: the list may go on to the next one */
export function useCaseActions(summary: CaseSummary, onFinished: () => void): CaseActions {
  const { t } = useTranslation();
  const changeCase = useChangeCase();
  const me = useMe();
  const change = useCallback(
    (wanted: CaseChange) => {
      const { number } = summary;
      const fields = (Object.keys(wanted) as (keyof CaseChange)[]).filter(
        (field): field is keyof CaseSummary & keyof CaseChange => field in summary,
      );
      const back = Object.fromEntries(fields.map((field) => [field, summary[field]])) as CaseChange;
      // whoever had it before has it again, in the team that it was in
      if (wanted.team !== undefined) back.assignee = summary.assignee;
      const fail = (error: unknown) => showToast({ tone: 'danger', text: refusal(error) });
      const refusal = (error: unknown): string => {
        const now =
          error instanceof ApiError && error.status === 409 && isCase(error.data) ? error.data : null;
        const winner = wanted.assignee === undefined ? null : now?.assignee;
        if (!winner || winner.id === me.id || winner.id === summary.assignee?.id) return errorText(t, error);
        return t('case.did.tooLate', { number, name: winner.name });
      };
      const sentence = () => {
        if (wanted.team)
          return wanted.assignee
            ? t('case.did.assigned', { number, name: wanted.assignee.name })
            : t('case.did.queued', { number, team: wanted.team.name });
        if (wanted.assignee === null) return t('case.did.released', { number });
        if (wanted.assignee) {
          const key = wanted.assignee.id === me.id ? 'taken' : 'assigned';
          return t(`case.did.${key}`, { number, name: wanted.assignee.name });
        }
        if (wanted.status) return t(`case.did.status.${wanted.status}`, { number });
        return t('case.did.priority', {
          number,
          priority: t(`case.priority.${wanted.priority ?? 'normal'}`),
        });
      };
      changeCase(number, wanted).then(() => {
        if (!worthTelling.some((field) => field in wanted)) return;
        showToast({ text: sentence(), undo: () => void changeCase(number, back).catch(fail) });
      }, fail);
    },
    [summary, changeCase, t, me.id],
  );
  const take = () => summary.assignee?.id !== me.id && change({ assignee: { id: me.id, name: me.name } });
  const finish = () => {
    if (summary.status === 'resolved') return;
    change({ status: 'resolved' });
    onFinished();
  };
  return { change, take, finish };
}

/** Dialogs that change the shape of a case, and the list of what did. */
export function useShapeActions({ id, number }: Pick<CaseSummary, 'id' | 'number'>) {
  return {
    merge: () => openDialog({ kind: 'merge-cases', number }),
    split: () => openDialog({ kind: 'split-case', number }),
    incident: () => openDialog({ kind: 'link-incident', number }),
    history: () => openDialog({ kind: 'history', of: { case: id }, title: `#${number}` }),
  };
}

/** Opens “Why here?” of the newest message that has it. */
function showWhy() {
  [...document.querySelectorAll<HTMLElement>('main [data-why]')].at(-1)?.click();
}

/** Keys and palette entries of the case in view. */
export function useCaseCommands(summary: CaseSummary, actions: CaseActions, openAssign: () => void): void {
  const { t } = useTranslation();
  const group = t('case.group', { number: summary.number });
  const { merge, split, history, incident } = useShapeActions(summary);
  useCommands([
    {
      id: 'merge',
      group,
      rank: 0,
      label: t('case.act.merge'),
      keys: 'm',
      icon: <IconGitMerge size={17} stroke={1.7} />,
      run: merge,
    },
    {
      id: 'split',
      group,
      rank: 0,
      label: t('case.act.split'),
      keys: 'M',
      icon: <IconArrowsSplit2 size={17} stroke={1.7} />,
      run: split,
    },
    {
      id: 'why',
      group,
      rank: 0,
      label: t('case.why.title'),
      keys: 'w',
      icon: <IconRoute size={17} stroke={1.7} />,
      run: showWhy,
    },
    ...(summary.incident
      ? []
      : [
          {
            id: 'link-incident',
            group,
            rank: 0,
            label: t('case.act.incident'),
            icon: <IconAlertOctagon size={17} stroke={1.7} />,
            run: incident,
          },
        ]),
    {
      id: 'history',
      group,
      rank: 0,
      label: t('case.act.history'),
      icon: <IconHistory size={17} stroke={1.7} />,
      run: history,
    },
    {
      id: 'assign',
      group,
      rank: 0,
      label: t('case.act.assign'),
      keys: 'a',
      icon: <IconUserShare size={17} stroke={1.7} />,
      run: openAssign,
    },
    {
      id: 'take',
      group,
      rank: 0,
      label: t('case.act.take'),
      keys: 'i',
      icon: <IconHandGrab size={17} stroke={1.7} />,
      run: actions.take,
    },
    summary.status === 'resolved'
      ? {
          id: 'reopen',
          group,
          rank: 0,
          label: t('case.act.reopen'),
          icon: <IconRefresh size={17} stroke={1.7} />,
          run: () => actions.change({ status: 'open' }),
        }
      : {
          id: 'finish',
          group,
          rank: 0,
          label: t('case.act.finish'),
          keys: 'e',
          icon: <IconCircleCheck size={17} stroke={1.7} />,
          run: actions.finish,
        },
  ]);
}
