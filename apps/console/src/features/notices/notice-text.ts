import type { Notice } from '@loket/contracts/notices.js';

export interface NoticeWords {
  /** key below `notices.say` */
  key: string;
  params: Record<string, string>;
}

/** Which sentence tells a notice. The names and the reason in it are whatever people wrote, so they stay parameters. */
export function noticeWords({ kind, actor, to, routing, case: { number } }: Notice): NoticeWords {
  const params = { number: String(number), actor: actor?.name ?? '', to: to?.name ?? '' };
  const by = actor ? 'By' : '';
  switch (kind) {
    case 'given':
      return { key: actor ? 'givenBy' : routing ? `given_${routing}` : 'given', params };
    case 'taken':
      if (routing) return { key: `taken_${routing}`, params };
      if (to && actor && to.id === actor.id) return { key: 'takenOver', params };
      return { key: `taken${to ? 'To' : ''}${by}`, params };
    default:
      return { key: `${kind}${by}`, params };
  }
}
