import type { Locale } from '@loket/contracts/access.js';
import type { NoticeKind } from '@loket/contracts/notices.js';
import type { PushMessage } from '@loket/contracts/push.js';

/** What a push is made of. */
export interface PushedNotice {
  id: string;
  kind: NoticeKind;
  number: number;
  locale: Locale;
  /** null: routing, or a customer */
  actorName: string | null;
  /** of somebody else's customer: only for whoever wants such words on his devices */
  subject: string;
  customerName: string | null;
  reason: string | null;
}

type Words = Record<NoticeKind, (number: number, actor: string | null) => string>;

const words: Record<Locale, Words> = {
  id: {
    given: (n, actor) => (actor ? `${actor} memberi Anda kasus #${n}` : `Kasus #${n} untuk Anda`),
    taken: (n, actor) =>
      actor ? `${actor} mengambil alih kasus #${n}` : `Kasus #${n} kembali ke antrean tim`,
    mention: (n, actor) => (actor ? `${actor} menyebut Anda di kasus #${n}` : `Anda disebut di kasus #${n}`),
    whisper: (n, actor) =>
      actor ? `${actor} berbisik kepada Anda di kasus #${n}` : `Ada bisikan untuk Anda di kasus #${n}`,
    followed: (n) => `Ada yang baru di kasus #${n}`,
  },
  en: {
    given: (n, actor) => (actor ? `${actor} gave you case #${n}` : `Case #${n} is yours`),
    taken: (n, actor) => (actor ? `${actor} took case #${n} from you` : `Case #${n} went back to the team`),
    mention: (n, actor) =>
      actor ? `${actor} mentioned you in case #${n}` : `You were mentioned in case #${n}`,
    whisper: (n, actor) =>
      actor ? `${actor} whispered to you in case #${n}` : `There is a whisper for you in case #${n}`,
    followed: (n) => `News in case #${n}`,
  },
};

/** @param withWords names of customers, subjects and reasons may be told: they pass a foreign service, if unreadably */
export function pushMessage(notice: PushedNotice, withWords: boolean): PushMessage {
  const { id, kind, number, locale, actorName, subject, customerName, reason } = notice;
  const about = [customerName, subject].filter((text) => text !== null && text !== '').join(' · ');
  const lines = [about, reason].filter((text) => text !== null && text !== '');
  return {
    tag: id,
    title: words[locale][kind](number, actorName),
    body: withWords ? lines.join('\n').slice(0, 300) : '',
    path: `/inbox/all/${number}`,
  };
}
