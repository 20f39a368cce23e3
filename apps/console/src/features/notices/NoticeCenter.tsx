import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isQuiet } from '@loket/contracts/quiet-hours.js';
import type { NoticePreferences } from '@loket/contracts/notice-preferences.js';
import type { Notice } from '@loket/contracts/notices.js';
import { attention, type Sign } from '../../api/attention.js';
import { useNoticePreferences } from '../../api/notice-preferences.js';
import { unreadIn, useNotices, useReadNotices } from '../../api/notices.js';
import { renewPush } from '../../api/push.js';
import { useMe } from '../../api/session.js';
import { useTeams } from '../../api/teams.js';
import { alertFor } from './alerts.js';
import { NoticeCards } from './components/NoticeCards.js';
import { showOnDesktop } from './desktop.js';
import { inOnePage } from './one-page.js';
import { playSound } from '../../ui/sound.js';
import { showUnread } from './unread-title.js';
import { useNoticeText } from './useNoticeText.js';

/** News of a followed case only stands in the list: it is meant to be looked at when there is time. */
const shownMs = { given: 9_000, taken: 20_000, mention: 12_000, whisper: 15_000, followed: 0 } as const;
const mostCards = 3;
/** However much comes in, it does not ring more often. */
const soundPauseMs = 2_500;

/** Draws attention: cards, windows of the operating system, a sound, a figure in the title. Shows nothing but the cards. */
export function NoticeCenter() {
  const { t } = useTranslation();
  const [path, go] = useLocation();
  const [cards, setCards] = useState<readonly Notice[]>([]);
  const read = useReadNotices();
  const say = useNoticeText();
  const list = useNotices().data;
  // a card tells what the list knows: a reason may come after the news
  const listed = new Map(list?.pages[0]?.items.map((one) => [one.id, one]));
  const dismiss = (id: string) => setCards((now) => now.filter((card) => card.id !== id));
  const { id: me } = useMe();
  const unread = unreadIn(list);
  useEffect(() => showUnread(unread), [unread]);
  // the next news will do when it cannot be told now
  useEffect(() => void renewPush(me).catch(() => undefined), [me]);
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const opened = ({ data }: MessageEvent<{ open?: unknown }>) => {
      // somebody chose a push while this page was there
      if (typeof data.open === 'string' && data.open.startsWith('/inbox/')) go(data.open);
    };
    navigator.serviceWorker.addEventListener('message', opened);
    return () => navigator.serviceWorker.removeEventListener('message', opened);
  }, [go]);

  // whoever has the case before him has heard of it
  const openNumber = Number(/^\/inbox\/\w+\/(\d+)/.exec(path)?.[1]);
  const unseen = list?.pages[0]?.items.find((n) => !n.read && n.case.number === openNumber)?.case.id;
  const { mutate: markRead } = read;
  useEffect(() => {
    if (!unseen) return;
    const look = () => !document.hidden && markRead({ caseId: unseen });
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [unseen, markRead]);

  const draw = useAttention((notice) => {
    const ms = shownMs[notice.kind];
    if (ms === 0 || attention.isToldThere(notice)) return;
    setCards((now) => [notice, ...now.filter(({ id }) => id !== notice.id)].slice(0, mostCards));
    setTimeout(() => dismiss(notice.id), ms);
  });
  draw.current.window = (sign) => {
    const { number } = sign.kind === 'notice' ? sign.notice.case : sign.case;
    const { customer, preview, subject } = sign.kind === 'notice' ? sign.notice.case : sign.case;
    const who = customer.name ?? customer.address ?? `#${number}`;
    showOnDesktop({
      title: sign.kind === 'notice' ? say(sign.notice) : t('notices.message', { name: who }),
      body: sign.kind === 'notice' ? (sign.notice.reason ?? `${who} · ${subject}`) : preview || subject,
      // one window for each case, however often its customer writes
      tag: sign.kind === 'notice' ? sign.notice.id : `case-${sign.case.id}`,
      open: () => go(`/inbox/all/${number}`),
    });
  };
  return (
    <NoticeCards
      notices={cards.map((card) => listed.get(card.id) ?? card)}
      onDismiss={dismiss}
      onOpen={({ id }) => {
        dismiss(id);
        markRead({ ids: [id] });
      }}
    />
  );
}

/** Listens while the caller is shown; what it does can change from one paint to the next. */
function useAttention(card: (notice: Notice) => void) {
  const { id: me, timeZone } = useMe();
  const preferences = useNoticePreferences().data;
  const teams = useTeams().data;
  const myTeams = useMemo(
    () => new Set(teams?.flatMap(({ id, members }) => (members.some((one) => one.id === me) ? id : []))),
    [teams, me],
  );
  const lastSound = useRef(0);
  /** what came before one knew how he wants to be told */
  const early = useRef<Sign[]>([]);
  const act = useRef({
    card,
    window: (_: Sign): void => undefined,
    hear: (_: Sign): void => undefined,
    alert: (_: Sign, __: NoticePreferences): void => undefined,
  });
  act.current.card = card;
  act.current.hear = (sign) => {
    if (sign.kind === 'notice') act.current.card(sign.notice);
    if (preferences) act.current.alert(sign, preferences);
    else early.current.push(sign);
  };
  act.current.alert = (sign, wishes) => {
    const quiet = isQuiet(wishes.quiet, new Date(), timeZone);
    const { desktop, sound } = alertFor(sign, wishes, { me, myTeams, quiet });
    if (!desktop && !sound) return;
    const name = sign.kind === 'notice' ? sign.notice.id : `${sign.case.id}-${sign.case.version}`;
    void inOnePage(name, (focused) => {
      // what is before his eyes needs no window beside it
      if (desktop && !focused) act.current.window(sign);
      if (!sound || Date.now() - lastSound.current < soundPauseMs) return;
      lastSound.current = Date.now();
      playSound();
    });
  };
  useEffect(() => {
    if (preferences) for (const sign of early.current.splice(0)) act.current.alert(sign, preferences);
  }, [preferences]);
  useEffect(() => attention.listen((sign) => act.current.hear(sign)), []);
  return act;
}
